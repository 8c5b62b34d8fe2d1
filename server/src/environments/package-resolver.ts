import { z } from 'zod';
import type { Python } from './find-python.ts';
import { runTool, type ToolOptions, type ToolResult } from './run-tool.ts';

/** What an index has of packages for one Python; asked when something could not be installed as it is written. */
export interface PackageResolver {
  /** Whether a line can be installed without anything being built here; one whose marker speaks of other machines can. */
  hasBuild(line: string): Promise<boolean>;
  /** The version that a line of requirements gives without anything being built here: null where there is none. */
  versionWithBuild(line: string, name: string): Promise<string | null>;
  /** Whether there is such a package in such a version at all, be it as source only. */
  isKnown(line: string): Promise<boolean>;
}

/** What no other version would mend: a name or a version that nobody has, no network, a line that cannot be read. */
export function isForNobody(lines: readonly string[]): boolean {
  return lines.some((text) =>
    /was not found in|there (?:is|are) no versions? of|Failed to (?:fetch|parse)|File not found|No space left|Invalid requirement|from versions: none/.test(
      text,
    ),
  );
}

interface Resolving {
  readonly python: Python;
  readonly options: ToolOptions;
}

const quietly = (options: ToolOptions): ToolOptions => ({ ...options, onLine: () => undefined });

/** Of several versions that fit it takes the nearest to what was asked for. */
export function uvResolver(uv: string, { python, options }: Resolving): PackageResolver {
  const compile = async (line: string, flags: readonly string[]): Promise<ToolResult> => {
    const args = ['pip', 'compile', '--quiet', '--no-deps', '--no-header', '--no-annotate', '--python', python.path, ...flags, '-'];
    return await runTool(uv, args, { ...quietly(options), input: `${line}\n` });
  };
  const builtOnly = ['--only-binary', ':all:'];
  return {
    hasBuild: async (line) => (await compile(line, builtOnly)).ok,
    versionWithBuild: async (line, name) => {
      const resolution = line.includes('>=') ? 'lowest-direct' : 'highest';
      const { ok, stdout } = await compile(line, [...builtOnly, '--resolution', resolution]);
      const pinned = stdout.split('\n').find((text) => normalized(text.split('==')[0] ?? '') === normalized(name));
      return ok ? (pinned?.split('==')[1]?.split(/[\s;]/)[0] ?? null) : null;
    },
    isKnown: async (line) => {
      const { ok, lines } = await compile(line, []);
      return ok || !isForNobody(lines);
    },
  };
}

const Report = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ install: z.array(z.object({ metadata: z.object({ name: z.string(), version: z.string() }) })) }));

/**
 * Of several versions that fit, pip takes the newest. A version without a build for this Python and one that never was
 * are the same to it. Null for a pip that cannot tell what it would install (before 22.2).
 */
export async function pipResolver(python: string, options: ToolOptions): Promise<PackageResolver | null> {
  const install = async (flags: readonly string[]): Promise<ToolResult> =>
    await runTool(
      python,
      ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', '--dry-run', '--ignore-installed', '--no-deps', ...flags],
      quietly(options),
    );
  if (!(await runTool(python, ['-m', 'pip', 'install', '--help'])).stdout.includes('--report')) return null;
  const builtOnly = ['--only-binary', ':all:'];
  return {
    hasBuild: async (line) => (await install([...builtOnly, line])).ok,
    versionWithBuild: async (line, name) => {
      const { ok, stdout } = await install([...builtOnly, '--report', '-', line]);
      if (!ok) return null;
      const found = Report.parse(stdout).install.find(({ metadata }) => normalized(metadata.name) === normalized(name));
      return found?.metadata.version ?? null;
    },
    isKnown: async (line) => {
      const { ok, lines } = await install([line]);
      return ok || !isForNobody(lines);
    },
  };
}

const normalized = (name: string): string =>
  name
    .replace(/\[.*/, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[-_.]+/g, '-');
