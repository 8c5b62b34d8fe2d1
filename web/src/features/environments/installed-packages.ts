import type { Environment } from '@pipewright/shared/component/environment.ts';
import { translateConda } from '@pipewright/shared/component/translate-conda.ts';
import { z } from 'zod';

/** A package of an environment: one that is installed, one that is asked for, or both. */
export interface EnvironmentPackage {
  readonly name: string;
  /** Null: it is not installed. */
  readonly version: string | null;
  /** How it is asked for: `>=2,<3`, empty for any version; null: it came along with others. */
  readonly asked: string | null;
  /** It is asked for only where a condition holds, which is in the text. */
  readonly condition: string | null;
}

const CondaFile = z.looseObject({ dependencies: z.array(z.union([z.string(), z.looseObject({ pip: z.array(z.string()) })])) });

/** The lines that a definition asks for packages with. A conda file that lies elsewhere is not known here. */
export function declaredIn({ requirements = [], conda_file: conda }: Environment): string[] {
  const lines = typeof requirements === 'string' ? requirements.split('\n') : requirements;
  const read = CondaFile.safeParse(conda);
  if (!read.success) return lines;
  const translated = translateConda(read.data.dependencies);
  return [...lines, ...translated.requirements, ...translated.pip];
}

/** What is asked for and not installed comes first, then all that is installed, by name. */
export function environmentPackages(installed: readonly string[], declared: readonly string[]): EnvironmentPackage[] {
  const asked = new Map(declared.flatMap((line) => readDeclared(line) ?? []).map((each) => [canonicalName(each.name), each]));
  const there = installed.flatMap((line) => readInstalled(line) ?? []);
  const names = new Set(there.map(({ name }) => canonicalName(name)));
  const missing = [...asked].flatMap(([name, each]): EnvironmentPackage[] => (names.has(name) ? [] : [{ ...each, version: null }]));
  const present = there.map(({ name, version }): EnvironmentPackage => {
    const wish = asked.get(canonicalName(name));
    return { name, version, asked: wish?.asked ?? null, condition: wish?.condition ?? null };
  });
  return [...missing, ...present.toSorted((a, b) => canonicalName(a.name).localeCompare(canonicalName(b.name)))];
}

/** Those whose name or version has the text in it. */
export function searchPackages(packages: readonly EnvironmentPackage[], text: string): EnvironmentPackage[] {
  const wanted = canonicalName(text.trim());
  return packages.filter(({ name, version }) => canonicalName(name).includes(wanted) || (version ?? '').includes(text.trim()));
}

/** Exactly another version is asked for than is there. */
export function isOtherVersion({ version, asked }: EnvironmentPackage): boolean {
  const exact = /^===?([^,*]+)$/.exec(asked ?? '')?.[1];
  return version !== null && exact !== undefined && exact !== version;
}

/** As indexes of packages compare names. */
const canonicalName = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

/** `pandas==2.2.3`, `mine @ file:///…`; null for what has no name of its own. */
function readInstalled(line: string): (Pick<EnvironmentPackage, 'name'> & { readonly version: string }) | null {
  const [, name, version, place] = /^([A-Za-z0-9][\w.-]*)(?:==(\S+)|\s*@\s*(\S+))$/.exec(line.trim()) ?? [];
  const said = version ?? place;
  return name === undefined || said === undefined ? null : { name, version: said };
}

function readDeclared(line: string): Omit<EnvironmentPackage, 'version'> | null {
  const [, name, rest = '', condition] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?([^;]*)(?:;(.*))?$/.exec(line.trim()) ?? [];
  return name === undefined ? null : { name, asked: rest.replaceAll(/[\s()]/g, ''), condition: condition?.trim() ?? null };
}
