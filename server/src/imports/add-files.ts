import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { MissingPart } from '@pipewright/shared/http/imports.ts';
import { plainPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { isWithin } from '../export/export-layout.ts';
import { ArchiveError, type ImportRules } from './archive-error.ts';
import { unpackZip } from './unpack-zip.ts';

export type AddFilesOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

interface Adding {
  readonly archive: string;
  /** What was imported. */
  readonly root: string;
  /** The pipeline's folder, in there. */
  readonly folder: string;
  readonly scratch: string;
  readonly rules: ImportRules;
  readonly missing: readonly MissingPart[];
  /** What is missing still. Throws where the pipeline with what was added is not to be kept. */
  readonly check: () => Promise<readonly MissingPart[]>;
}

/** Parts of what was added may be missing in turn, and lie elsewhere in the archive. */
const mostRounds = 5;

/** Puts the files of an archive where the paths in a pipeline look for them. What is there already stays. */
export async function addFiles(adding: Adding): Promise<AddFilesOutcome<null>> {
  const { archive, scratch, rules, check } = adding;
  const added: string[] = [];
  try {
    await mkdir(scratch, { recursive: true });
    let names = await unpackZip(archive, scratch, rules);
    let missing = adding.missing;
    for (let round = 0; round < mostRounds && missing.length > 0; round += 1) {
      const way = findWay(adding, missing, names);
      if (!way && round === 0) return { ok: false, message: 'None of the missing parts is in there. Choose the folder that holds them.' };
      if (!way) break;
      added.push(...(await place(adding, way, names)));
      names = names.filter((name) => existsSync(join(scratch, name)));
      missing = await check();
    }
    return { ok: true, value: null };
  } catch (error) {
    for (const file of added) await rm(file, { force: true });
    if (error instanceof ArchiveError) return { ok: false, message: error.message };
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function place({ root, scratch }: Adding, { prefix, base }: Way, names: readonly string[]): Promise<string[]> {
  const placed: string[] = [];
  for (const name of names.filter((file) => file.startsWith(prefix))) {
    const target = join(base, name.slice(prefix.length));
    if (existsSync(target) || !isWithin(target, root)) continue;
    await mkdir(dirname(target), { recursive: true });
    await rename(join(scratch, name), target);
    placed.push(target);
  }
  return placed;
}

interface Way {
  /** What is taken off the names. */
  readonly prefix: string;
  /** The folder that they then belong into. */
  readonly base: string;
}

/** By which most of what is missing would be there: people choose the folder itself, one above it, or one inside it. */
function findWay({ root, folder }: Adding, missing: readonly MissingPart[], names: readonly string[]): Way | undefined {
  // Parts of a component's own are found once its file is there: its folder comes with it.
  const wanted = missing.map(({ path, file }) => resolve(folder, dirname(file), plainPath(path)));
  const prefixes = new Set(['', ...names.flatMap(prefixesOf)]);
  let best: { readonly way: Way; readonly hits: number } | undefined;
  for (let base = folder; isWithin(base, root); base = dirname(base)) {
    for (const prefix of prefixes) {
      const hits = wanted.filter((path) => isWithin(path, base) && isIn(names, `${prefix}${relative(base, path)}`)).length;
      if (hits > (best?.hits ?? 0)) best = { way: { prefix, base }, hits };
    }
  }
  return best?.way;
}

const mostDepth = 4;

function prefixesOf(name: string): string[] {
  const parts = name.split('/').slice(0, -1).slice(0, mostDepth);
  return parts.map((_part, index) => `${parts.slice(0, index + 1).join('/')}/`);
}

const isIn = (names: readonly string[], path: string): boolean => names.some((name) => name === path || name.startsWith(`${path}/`));
