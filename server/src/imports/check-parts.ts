import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { isDataType, PortType } from '@pipewright/shared/component/port-type.ts';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import type { MissingPart } from '@pipewright/shared/http/imports.ts';
import { isLocalPath, namedReferences, plainPath, type IsData, type NamedPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import type { CodeRules } from '../artifacts/code-rules.ts';
import { UnreadableTreeError } from '../artifacts/hash-file.ts';
import { readCode } from '../artifacts/read-code.ts';
import { isWithin } from '../export/export-layout.ts';
import { readTextFile } from '../read-text-file.ts';

export interface CheckedParts {
  readonly problems: Problem[];
  readonly missing: MissingPart[];
}

interface Document {
  readonly value: unknown;
  readonly file: string;
  readonly folder: string;
  readonly locate: (problems: readonly Problem[]) => Problem[];
  /** The component's own file is no part of its code. */
  readonly definition: string | null;
}

interface CheckParts {
  /** All that is named lies in there; null: it may lie anywhere on this machine. */
  readonly root: string | null;
  readonly rules: CodeRules;
  /** Why what lies at an address would never be fetched, or null. */
  readonly whyNotFetched: (url: string) => string | null;
}

/** Looks at everything that an imported pipeline names, in its own file and in those of its components. */
export class PartsCheck {
  readonly #parts: CheckParts;
  readonly #problems: Problem[] = [];
  readonly #missing: MissingPart[] = [];
  /** What each file said when it was read. */
  readonly #read = new Map<string, string>();
  /** Each component once: many steps have the same. */
  readonly #components = new Map<string, { readonly inputs: Readonly<Record<string, unknown>> | undefined }>();
  readonly #code = new Map<string, string | null>();

  constructor(parts: CheckParts) {
    this.#parts = parts;
  }

  async check(document: Document): Promise<CheckedParts> {
    await this.#check(document);
    return { problems: this.#problems, missing: this.#missing };
  }

  /** A file that was read counts as it was then. */
  noteRead(file: string, text: string): void {
    this.#read.set(file, digest(text));
  }

  /** Files that say something else than when they were read: what was made of them fits no state that there was. */
  async changedMeanwhile(): Promise<Problem[]> {
    const problems: Problem[] = [];
    for (const [file, hash] of this.#read) {
      const text = await readTextFile(file);
      if (text !== null && digest(text) === hash) continue;
      const message = `${file} changed while it was being imported. Import again when nothing writes to it.`;
      problems.push({ severity: 'error', code: 'changed-meanwhile', message, file, line: 1, column: 1 });
    }
    return problems;
  }

  async #check(document: Document): Promise<void> {
    const inputs = new Map<string, Readonly<Record<string, unknown>>>();
    for (const path of namedReferences(document.value)) {
      if (path.kind !== 'component' || !isLocalPath(path.value)) continue;
      const found = await this.#component(document, path);
      if (found) inputs.set(path.value, found);
    }
    for (const path of namedReferences(document.value, isDataIn(document.value, inputs))) {
      if (path.kind === 'component' || path.value.includes('${{')) continue;
      if (isLocalPath(path.value)) await this.#part(document, path);
      else if (path.kind === 'data') this.#address(document, path);
    }
  }

  async #component(document: Document, path: NamedPath): Promise<Readonly<Record<string, unknown>> | undefined> {
    const file = this.#place(document, path);
    if (file === null) return undefined;
    const known = this.#components.get(file);
    if (known) return known.inputs;
    const text = await readTextFile(file);
    if (text === null) {
      this.#lacks(document, path);
      return undefined;
    }
    this.noteRead(file, text);
    const { component, problems, locate } = readComponent(text, file);
    this.#components.set(file, { inputs: component?.inputs });
    if (hasErrors(problems)) this.#problems.push(...problems.filter(({ severity }) => severity === 'error'));
    if (component) await this.#check({ value: component, file, folder: dirname(file), locate, definition: file });
    return component?.inputs;
  }

  async #part(document: Document, path: NamedPath): Promise<void> {
    const full = this.#place(document, path);
    if (full === null) return;
    if (!existsSync(full)) return this.#lacks(document, path);
    if (path.kind !== 'code' && path.kind !== 'include') return;
    const isOwn = path.kind === 'code' && path.at[0] !== 'jobs';
    const why = await this.#whyNotCode(full, isOwn ? document.definition : null);
    if (why !== null) this.#say(document, path, { code: 'unreadable-files', message: why });
  }

  /** Each folder once: many components have the same. */
  async #whyNotCode(full: string, definition: string | null): Promise<string | null> {
    const known = this.#code.get(full);
    if (known !== undefined) return known;
    const why = await readCode({ folder: full, includes: [], definition }, { rules: this.#parts.rules }).then(
      () => null,
      (error: unknown) => {
        if (error instanceof UnreadableTreeError) return error.message;
        throw error;
      },
    );
    this.#code.set(full, why);
    return why;
  }

  /** Null: it is outside of what is imported, which was said. */
  #place(document: Document, path: NamedPath): string | null {
    const { root } = this.#parts;
    const plain = plainPath(path.value);
    const full = resolve(document.folder, plain);
    if (root === null) return full;
    const real = existsSync(full) ? realpathSync(full) : full;
    // The whole of what was imported is no part of it, where it is reached by going up.
    const isInside = isWithin(full, root) && isWithin(real, realpathSync(root)) && !(full === root && plain.startsWith('..'));
    if (isInside) return full;
    if (path.kind === 'data' && isAbsolute(plain)) {
      const message = `${plain} lies outside of what is imported: it is used where it lies on this machine.`;
      this.#problems.push(...document.locate([{ severity: 'warning', code: 'leaves-folder', message, path: [...path.at], ...stepOf(path) }]));
      return full;
    }
    const message = `${path.value} leads out of what is imported. Import the folder that holds both, or put it beside the pipeline.`;
    this.#say(document, path, { code: 'leaves-folder', message });
    return null;
  }

  #address(document: Document, path: NamedPath): void {
    const why = /^https?:/i.test(path.value) ? this.#parts.whyNotFetched(path.value) : null;
    if (why !== null) this.#say(document, path, { code: 'forbidden-address', message: why });
  }

  #say({ locate }: Document, path: NamedPath, { code, message }: Pick<Problem, 'code' | 'message'>): void {
    this.#problems.push(...locate([{ severity: 'error', code, message, path: [...path.at], ...stepOf(path) }]));
  }

  #lacks({ locate, file }: Document, path: NamedPath): void {
    const [place] = locate([{ severity: 'warning', code: 'missing-file', message: '', path: [...path.at] }]);
    this.#missing.push({ kind: path.kind, path: path.value, ...stepOf(path), file: place?.file ?? file, line: place?.line ?? 1, column: place?.column ?? 1 });
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const stepOf = ({ step }: NamedPath): { step?: string } => (step === undefined ? {} : { step });

function isDataIn(document: unknown, inputs: ReadonlyMap<string, Readonly<Record<string, unknown>>>): IsData {
  const jobs = isFields(document) && isFields(document['jobs']) ? document['jobs'] : {};
  return (step, input) => {
    const use = jobs[step];
    const component = isFields(use) ? (use['component'] ?? use['trial']) : undefined;
    const declared = typeof component === 'string' ? inputs.get(component)?.[input] : undefined;
    const type = PortType.safeParse(isFields(declared) ? declared['type'] : undefined);
    return type.success && isDataType(type.data);
  };
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);
