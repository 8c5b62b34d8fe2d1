import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Component } from '@pipewright/shared/component/component.ts';
import { type CodeText, longestCodeText } from '@pipewright/shared/http/component-code.ts';
import { plainPath } from '@pipewright/shared/pipeline/named-paths.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { UnreadableTreeError } from '../artifacts/hash-file.ts';
import type { HashedFile } from '../artifacts/hash-tree.ts';
import { describeBytes } from '../describe-bytes.ts';
import type { FoundComponent } from '../registry/component-registry.ts';

/** A component where it lies: the paths in it are those of its folder. */
export type PlacedComponent = Pick<FoundComponent, 'component' | 'folder' | 'definition'>;

interface NamedCode {
  readonly code?: string | null | undefined;
  readonly additional_includes?: readonly string[] | null | undefined;
}

/** What has the code: of a parallel component its task. */
export function codeHolder(component: Component): NamedCode {
  if (component.type === 'pipeline') return {};
  return component.type === 'parallel' ? component.task : component;
}

/** The files that a step of it finds in the folder that it runs in, by their paths there; throws `UnreadableTreeError`. */
export async function filesOfCode(
  { component, folder, definition }: PlacedComponent,
  artifacts: Pick<ArtifactStore, 'codeFiles'>,
): Promise<readonly HashedFile[]> {
  const { code, additional_includes: includes } = codeHolder(component);
  const named = [...(code ? [code] : []), ...(includes ?? [])].filter((path) => path !== '');
  const elsewhere = named.find((path) => /^[a-z][a-z0-9+.-]+:/i.test(plainPath(path)));
  if (elsewhere !== undefined) throw new UnreadableTreeError(`The code ${elsewhere} is not on this machine.`);
  const place = (path: string): string => resolve(folder, plainPath(path));
  try {
    const request = { folder: code ? place(code) : null, includes: (includes ?? []).filter((path) => path !== '').map(place), definition };
    return await artifacts.codeFiles(request);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new UnreadableTreeError(`The code ${named.join(', ')} does not exist in ${folder}.`);
  }
}

/** A file of it as text, where it is one. */
export async function readCodeText({ name, path, sizeBytes }: HashedFile): Promise<CodeText> {
  const file = { path: name, sizeBytes };
  if (sizeBytes > longestCodeText) return { ...file, text: null, why: `It has ${describeBytes(sizeBytes)}, too much to be shown here.` };
  const bytes = await readFile(path);
  const isBinary = bytes.includes(0);
  const text = isBinary ? null : decode(bytes);
  return { ...file, text, why: text === null ? 'It is no text in UTF-8.' : null };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
