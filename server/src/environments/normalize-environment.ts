import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Environment } from '@pipewright/shared/component/environment.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { readTextFile } from '../read-text-file.ts';
import { translateConda } from '@pipewright/shared/component/translate-conda.ts';

export type NormalizedEnvironment = { readonly definition: EnvironmentDefinition; readonly notes: readonly string[] } | { readonly problem: Problem };

/** A definition that cannot be read, in words for the person who wrote it. */
class UnreadableEnvironmentError extends Error {
  override readonly name = 'UnreadableEnvironmentError';
  readonly isMissing: boolean;

  constructor(message: string, { isMissing = false } = {}) {
    super(message);
    this.isMissing = isMissing;
  }
}

const CondaFile = z.looseObject({ dependencies: z.array(z.union([z.string(), z.looseObject({ pip: z.array(z.string()) })])).default([]) });

/** Every spelling of an environment in the one canonical form: a Python range, sorted pip requirements, variables. */
export async function normalizeEnvironment(environment: Environment, folder: string | null): Promise<NormalizedEnvironment> {
  try {
    return await normalize(environment, folder);
  } catch (error) {
    if (!(error instanceof UnreadableEnvironmentError)) throw error;
    return { problem: { severity: 'error', code: error.isMissing ? 'missing-file' : 'unknown-environment', message: error.message } };
  }
}

async function normalize(environment: Environment, folder: string | null): Promise<NormalizedEnvironment> {
  const { conda_file, requirements, python, variables = {}, image } = environment;
  const isStrict = environment['x-pipewright']?.resolution === 'strict';
  const strictly = isStrict ? { resolution: 'strict' as const } : {};
  const own = await expandFiles(linesOf(requirements), folder);
  if (conda_file === undefined) return { definition: { python: python ?? null, requirements: sorted(own), variables, ...strictly }, notes: [] };
  const conda = await readConda(conda_file, folder);
  const translated = translateConda(conda.dependencies);
  const fromPip = await expandFiles(translated.pip.flatMap(linesOf), conda.folder);
  if (isStrict && translated.notes.length > 0) {
    throw new UnreadableEnvironmentError(`The environment is strict, and not all of it can be had: ${translated.notes.join(' ')}`);
  }
  const unused = image === undefined ? [] : [`The image ${image} is not used here: its conda file alone makes the environment.`];
  return {
    definition: { python: python ?? translated.python, requirements: sorted([...own, ...translated.requirements, ...fromPip]), variables, ...strictly },
    notes: [...unused, ...translated.notes],
  };
}

async function readConda(
  file: NonNullable<Environment['conda_file']>,
  folder: string | null,
): Promise<z.infer<typeof CondaFile> & { readonly folder: string | null }> {
  const path = typeof file === 'string' ? file.replace(/^file:/, '') : undefined;
  const value = path === undefined ? file : readYaml(await readText(path, folder, 'The conda file')).value;
  const parsed = CondaFile.safeParse(value);
  if (!parsed.success)
    throw new UnreadableEnvironmentError(`${path ?? 'The conda definition'} is not a conda file: "dependencies" must be a list of packages.`);
  return { ...parsed.data, folder: path === undefined ? folder : dirname(resolve(folder ?? '/', path)) };
}

/** `-r FILE` gives way to the lines of that file: what counts for reuse is what they say. */
async function expandFiles(lines: readonly string[], folder: string | null): Promise<string[]> {
  const expanded: string[] = [];
  for (const line of lines) {
    const file = /^(?:-r|--requirement)[=\s]*(\S+)$/.exec(line)?.[1];
    if (file === undefined) {
      expanded.push(line);
      continue;
    }
    const text = await readText(file, folder, 'The requirements file');
    expanded.push(...(await expandFiles(linesOf(text), dirname(resolve(folder ?? '/', file)))));
  }
  return expanded;
}

async function readText(path: string, folder: string | null, what: string): Promise<string> {
  if (folder === null && !path.startsWith('/')) throw new UnreadableEnvironmentError(`${what} ${path} is a relative path, but there is no folder to look in.`);
  const text = await readTextFile(resolve(folder ?? '/', path));
  if (text === null) throw new UnreadableEnvironmentError(`${what} ${path} does not exist.`, { isMissing: true });
  return text;
}

function linesOf(requirements: Environment['requirements']): string[] {
  const lines = typeof requirements === 'string' ? requirements.split('\n') : (requirements ?? []);
  return lines.map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

const sorted = (lines: readonly string[]): string[] => [...new Set(lines)].toSorted();
