import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Environment } from '@pipewright/shared/component/environment.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';

export type NormalizedEnvironment = { readonly definition: EnvironmentDefinition; readonly notes: readonly string[] } | { readonly problem: Problem };

const CondaFile = z.looseObject({ dependencies: z.array(z.union([z.string(), z.looseObject({ pip: z.array(z.string()) })])).default([]) });

/** Every spelling of an environment in the one canonical form: a Python range, sorted pip requirements, variables. */
export async function normalizeEnvironment(environment: Environment, folder: string | null): Promise<NormalizedEnvironment> {
  const variables = environment.variables ?? {};
  const own = requirementLines(environment.requirements);
  if (environment.conda_file === undefined) return { definition: { python: environment.python ?? null, requirements: sorted(own), variables }, notes: [] };
  const conda = await readConda(environment.conda_file, folder);
  if (!conda.ok) return { problem: conda.problem };
  const { python, requirements, notes } = translateConda(conda.dependencies);
  return { definition: { python: environment.python ?? python, requirements: sorted([...own, ...requirements]), variables }, notes };
}

type ReadConda = { readonly ok: true; readonly dependencies: z.infer<typeof CondaFile>['dependencies'] } | { readonly ok: false; readonly problem: Problem };

async function readConda(file: NonNullable<Environment['conda_file']>, folder: string | null): Promise<ReadConda> {
  const failed = (message: string): ReadConda => ({ ok: false, problem: { severity: 'error', code: 'unknown-environment', message } });
  if (typeof file === 'string' && folder === null && !file.startsWith('/')) return failed(`The conda file ${file} is a relative path, but there is no folder to look in.`);
  const text = typeof file === 'string' ? await readFile(resolve(folder ?? '/', file), 'utf8').catch(() => null) : null;
  if (typeof file === 'string' && text === null) return failed(`The conda file ${file} does not exist.`);
  const parsed = CondaFile.safeParse(typeof file === 'string' ? readYaml(text ?? '').value : file);
  return parsed.success ? { ok: true, dependencies: parsed.data.dependencies } : failed(`${typeof file === 'string' ? file : 'The conda definition'} is not a conda file: "dependencies" must be a list of packages.`);
}

/** Packages that only conda has, and that Python's own installers bring or do not need. */
const condaOnly = new Set(['pip', 'setuptools', 'wheel', 'conda', 'libgcc', 'gcc_linux-64', 'cudatoolkit', 'cudnn']);

/** `numpy=1.26` is `numpy==1.26.*`, `numpy=1.26.4=py311_0` is `numpy==1.26.4`; channels mean nothing to pip. */
export function translateConda(dependencies: z.infer<typeof CondaFile>['dependencies']): { python: string | null; requirements: string[]; notes: string[] } {
  const requirements: string[] = [];
  const notes: string[] = [];
  let python: string | null = null;
  for (const dependency of dependencies) {
    if (typeof dependency !== 'string') {
      requirements.push(...dependency.pip.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')));
      continue;
    }
    const { name, version } = readCondaPin(dependency);
    if (name === 'python') python = version || null;
    else if (condaOnly.has(name)) continue;
    else requirements.push(`${name}${version}`);
  }
  return { python, requirements, notes };
}

function readCondaPin(text: string): { name: string; version: string } {
  const plain = text.trim().replace(/^[^:\s]+::/, '');
  const match = /^([A-Za-z0-9._-]+)\s*(.*)$/.exec(plain);
  const name = (match?.[1] ?? plain).toLowerCase();
  const rest = (match?.[2] ?? '').trim();
  const single = /^=([^=\s,]+)(?:=\S*)?$/.exec(rest)?.[1] ?? /^\s*(\d[^=\s,]*)(?:\s+\S+)?$/.exec(rest)?.[1];
  if (single === undefined) return { name, version: rest.replaceAll(/\s+/g, '') };
  const isWhole = single.split('.').length >= 3 || single.includes('*');
  return { name, version: `==${isWhole ? single : `${single}.*`}` };
}

function requirementLines(requirements: Environment['requirements']): string[] {
  const lines = typeof requirements === 'string' ? requirements.split('\n') : (requirements ?? []);
  return lines.map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

const sorted = (lines: readonly string[]): string[] => [...new Set(lines)].toSorted();
