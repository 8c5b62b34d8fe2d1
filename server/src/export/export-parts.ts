import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { CodeRules } from '../artifacts/code-rules.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';
import type { EnvironmentRegistry } from '../registry/environment-registry.ts';
import type { Store } from '../store/store.ts';
import type { Target } from './export-layout.ts';
import type { Lack } from './exported-folder.ts';
import type { Copied } from './take-along.ts';

export interface ExportParts {
  readonly components: ComponentRegistry;
  readonly environmentRegistry: EnvironmentRegistry;
  readonly store: Pick<Store, 'assets' | 'registry'>;
  readonly artifacts: Pick<ArtifactStore, 'has' | 'pathOf'>;
  readonly rules: CodeRules;
}

/** What is exported: the content of a draft, of a published pipeline, or of a run. */
export interface ExportSource {
  readonly content: DraftContent;
  /** Relative paths are resolved there; null where there are none. */
  readonly folder: string | null;
  /** The file that it was once read from. */
  readonly file: string | null;
  /** Of a run: what was pinned counts, whatever has become of the files since. */
  readonly snapshot: RunSnapshot | null;
}

/** Where what is exported comes from. */
export type ExportOrigin = Pick<ExportSource, 'folder' | 'file' | 'snapshot'>;

type Place = readonly (string | number)[];

/** A path in a text, and what it is to lead to. */
interface Edit {
  readonly at: Place;
  readonly written: string;
  readonly target: Target;
  /** Below the target. */
  readonly sub?: string;
}

/** A text of the folder: the pipeline, a component, an environment. */
export interface ExportDocument {
  readonly target: Target;
  /** Its own file; null for the pipeline. */
  readonly path: string | null;
  /** Paths in it are relative to this folder. */
  readonly folder: string | null;
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly edits: Edit[];
  /** What is to stand at a place instead; undefined: nothing. */
  readonly changes: { readonly at: Place; readonly value: unknown }[];
}

/** All that goes along, as it is found. */
export interface Gathered {
  readonly documents: ExportDocument[];
  readonly copies: { readonly target: Target; readonly files: readonly Copied[] }[];
  readonly notes: Set<string>;
  /** What is named and cannot be taken along: as sentences, without what that means for a folder. */
  readonly lacks: Map<string, Lack>;
  /** What has a name in this workspace goes along too, for a place where nobody knows it. */
  readonly takesNames: boolean;
}

export function lack(
  { notes, lacks }: Gathered,
  { document, at }: { readonly document: ExportDocument; readonly at: Place },
  { what, note = `${what}: the folder is without it.` }: { readonly what: string; readonly note?: string },
): void {
  const message = `${what}.`.replace(/\.\.$/, '.');
  if (!lacks.has(message)) lacks.set(message, { message, file: document.path, ...readYaml(document.text).positionOf(at) });
  notes.add(note);
}

/** Where in a run a document stands. */
export interface RunPlace {
  /** What stands before the keys of its steps: empty, or `outer/`. */
  readonly prefix: string;
  /** The step that uses it, where it is no pipeline. */
  readonly leaf: string | null;
  /** The step has an environment of its own, which counts. */
  readonly isEnvironmentSaid: boolean;
}

export const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The key in the run of the step that a place in a document belongs to. */
export const stepOfPlace = (at: Place, { prefix, leaf }: RunPlace): string | null => (at[0] === 'jobs' ? `${prefix}${String(at[1])}` : leaf);
