import { Environment } from '@pipewright/shared/component/environment.ts';
import { translateConda } from '@pipewright/shared/component/translate-conda.ts';
import { z } from 'zod';

const CondaFile = z.looseObject({ dependencies: z.array(z.union([z.string(), z.looseObject({ pip: z.array(z.string()) })])) });

/** As it is written in the form. */
export interface EnvironmentText {
  readonly name: string;
  readonly description: string;
  readonly python: string;
  /** A package a line. */
  readonly packages: string;
  /** In place of Python and packages; null: these count. */
  readonly conda: string | null;
  /** What else its definition says. */
  readonly kept: Environment;
}

const requirement = /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[[^\]]*\])?\s*\(?((?:[<>=!~]=?[^;@()]*)?)\)?\s*(;.*)?$/;
const range = /^\s*(==|>=|<=|~=|!=|<|>)\s*\d+(\.\d+)*(\.\*)?\s*(,\s*(==|>=|<=|~=|!=|<|>)\s*\d+(\.\d+)*(\.\*)?\s*)*$/;

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The first line that names no package. */
export function whyNotPackages(text: string): string | null {
  const wrong = linesIn(text).find((line) => !requirement.test(line));
  return wrong === undefined ? null : `“${wrong}” names no package: write pandas, pandas==2.2.3 or pandas>=2,<3`;
}

export const whyNotPython = (text: string): string | null => (text.trim() === '' || range.test(text) ? null : 'A range such as >=3.9 or ==3.11.*');

export function textOfEnvironment(name: string, definition: Environment): EnvironmentText {
  const { description = '', python = '', requirements = [], name: _name, version: _version, conda_file: _conda, ...kept } = definition;
  return { name, description, python, packages: typeof requirements === 'string' ? requirements : requirements.join('\n'), conda: null, kept };
}

/** The same as conda would be told. */
export function condaOf({ python, packages }: Pick<EnvironmentText, 'python' | 'packages'>): string {
  const lines = linesIn(packages).map((line) => `      - ${JSON.stringify(line)}`);
  return ['channels: [conda-forge]', 'dependencies:', `  - python${python.trim()}`, '  - pip', ...(lines.length > 0 ? ['  - pip:', ...lines] : []), ''].join(
    '\n',
  );
}

/** What conda is told, as Python and packages; a text where it cannot be read. The codec of YAML loads with the first. */
export async function packagesOf(conda: string): Promise<(Pick<EnvironmentText, 'python' | 'packages'> & { readonly notes: readonly string[] }) | string> {
  const read = CondaFile.safeParse(await readConda(conda));
  if (!read.success) return 'The conda file cannot be read: it needs a list of dependencies, texts and one pip list.';
  const { python, requirements, pip, notes } = translateConda(read.data.dependencies);
  return { python: python ?? '', packages: [...requirements, ...pip].join('\n'), notes };
}

/** As it is registered; a text where it cannot be. */
export async function definitionOf({ name, description, python, packages, conda, kept }: EnvironmentText): Promise<Environment | string> {
  const said: Environment = { ...kept, name, ...(description.trim() === '' ? {} : { description: description.trim() }) };
  if (conda === null) return { ...said, ...(python.trim() === '' ? {} : { python: python.trim() }), requirements: linesIn(packages) };
  const read = await packagesOf(conda);
  if (typeof read === 'string') return read;
  return Environment.parse({ ...said, conda_file: await readConda(conda) });
}

async function readConda(text: string): Promise<unknown> {
  const { readYaml } = await import('@pipewright/shared/yaml/read-yaml.ts');
  return readYaml(text).value;
}
