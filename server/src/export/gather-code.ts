import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { plainPath, type NamedPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { UnreadableTreeError } from '../artifacts/hash-file.ts';
import { hashFiles } from '../artifacts/hash-tree.ts';
import { readCode } from '../artifacts/read-code.ts';
import { lack, stepOfPlace, type ExportDocument, type ExportParts, type ExportOrigin, type Gathered, type RunPlace } from './export-parts.ts';
import { toCopied } from './take-along.ts';

interface Code {
  /** The component, step or task that has it. */
  readonly at: readonly (string | number)[];
  readonly code: NamedPath | undefined;
  readonly includes: readonly NamedPath[];
}

/** Takes the code of everything in a document along: as it lies there, or, of a run, as it was pinned if that is something else. */
export async function gatherCode(
  parts: ExportParts,
  { source, gathered }: { readonly source: ExportOrigin; readonly gathered: Gathered },
  { document, paths, place }: { readonly document: ExportDocument; readonly paths: readonly NamedPath[]; readonly place: RunPlace },
): Promise<void> {
  for (const code of codesIn(paths)) {
    const step = stepOfPlace(code.at, place);
    const pinned = source.snapshot && step !== null ? (source.snapshot.steps[step]?.code ?? null) : null;
    const live = await readLive(parts, document, code);
    if ('hash' in live && (pinned === null || pinned.hash === live.hash)) await takeLive(parts, gathered, { document, code });
    else if (pinned && (await parts.artifacts.has(pinned.hash))) {
      const what = 'hash' in live ? 'has changed since the run' : 'is no longer there';
      gathered.notes.add(`The code of step ${step} ${what}: the folder has it as it was run.`);
      await takePinned(parts, gathered, { document, code, hash: pinned.hash, name: place.leaf ?? step ?? 'step' });
    } else if ('hash' in live) {
      gathered.notes.add(`The code of step ${step} has changed since the run, and what was run is not kept any more: the folder has it as it is now.`);
      await takeLive(parts, gathered, { document, code });
    } else {
      const note = `The folder is without the code of ${step === null ? (document.path ?? 'a component') : `step ${step}`}: ${live.message}`;
      lack(gathered, { document, at: [...code.at, 'code'] }, { what: live.message, note });
    }
  }
}

function codesIn(paths: readonly NamedPath[]): Code[] {
  const codes = new Map<string, { at: readonly (string | number)[]; code: NamedPath | undefined; includes: NamedPath[] }>();
  for (const path of paths) {
    if (path.kind !== 'code' && path.kind !== 'include') continue;
    const at = path.at.slice(0, path.kind === 'code' ? -1 : -2);
    const found = codes.get(JSON.stringify(at)) ?? { at, code: undefined, includes: [] };
    if (path.kind === 'code') found.code = path;
    else found.includes.push(path);
    codes.set(JSON.stringify(at), found);
  }
  return [...codes.values()];
}

const fullPath = ({ folder }: ExportDocument, { value }: NamedPath): string => resolve(folder ?? '/', plainPath(value));

async function readLive(parts: ExportParts, document: ExportDocument, { at, code, includes }: Code): Promise<{ hash: string } | { message: string }> {
  const named = [...(code ? [code] : []), ...includes];
  const homeless = document.folder === null ? named.find(({ value }) => !isAbsolute(plainPath(value))) : undefined;
  if (homeless) return { message: `${homeless.value} is a relative path, and there is no folder to look in.` };
  try {
    for (const path of named) await stat(fullPath(document, path));
    const request = { folder: code ? fullPath(document, code) : null, includes: includes.map((path) => fullPath(document, path)) };
    return await readCode({ ...request, definition: at[0] === 'jobs' ? null : document.path }, { rules: parts.rules });
  } catch (error) {
    if (error instanceof UnreadableTreeError) return { message: error.message };
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return { message: `${named.map(({ value }) => value).join(', ')} is not there (looked in ${document.folder ?? '/'}).` };
  }
}

async function takeLive(parts: ExportParts, gathered: Gathered, { document, code }: { readonly document: ExportDocument; readonly code: Code }): Promise<void> {
  for (const path of [...(code.code ? [code.code] : []), ...code.includes]) {
    const from = fullPath(document, path);
    const isFolder = (await stat(from)).isDirectory();
    const definition = path.kind === 'code' && code.at[0] !== 'jobs' ? document.path : null;
    const { files } = await readCode({ folder: from, includes: [], definition }, { rules: parts.rules });
    const target = { from, isAbsolute: isAbsolute(plainPath(path.value)) };
    gathered.copies.push({ target, files: files.map((file) => ({ ...toCopied(file), name: isFolder ? file.name : '' })) });
    document.edits.push({ at: path.at, written: path.value, target });
  }
}

/** What was pinned has what was included in it. */
async function takePinned(
  parts: ExportParts,
  gathered: Gathered,
  { document, code, hash, name }: { readonly document: ExportDocument; readonly code: Code; readonly hash: string; readonly name: string },
): Promise<void> {
  const target = { name: `code/${name.replaceAll('/', '.')}` };
  const files = await hashFiles(parts.artifacts.pathOf(hash));
  gathered.copies.push({ target, files: files.map(toCopied) });
  document.edits.push({ at: [...code.at, 'code'], written: '', target });
  if (code.includes.length > 0) document.changes.push({ at: [...code.at, 'additional_includes'], value: undefined });
}
