import { readFile } from 'node:fs/promises';
import { availableParallelism, homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { parseBytes } from '@pipewright/shared/pipeline/step-control.ts';
import { describeIssue } from '@pipewright/shared/yaml/describe-issue.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { z } from 'zod';
import { defaultImportRules, type ImportRules } from './imports/archive-error.ts';
import { defaultCodeRules, type CodeRules } from './artifacts/code-rules.ts';

/** In bytes: a number, or as in `500 MB`. */
const Size = z.union([z.string(), z.number().positive()]).transform((size, context) => {
  const bytes = parseBytes(size);
  if (bytes !== null) return bytes;
  context.addIssue({ code: 'custom', message: 'write a size as 500 MB or 2 GiB', input: size });
  return z.NEVER;
});

/** `config.yml` in the data folder; everything in it may be left out. */
const ConfigFile = z.looseObject({
  /** How many steps run at once on this machine. */
  slots: z.int().min(1).max(1024).optional(),
  /** How many graphics cards steps may ask for; found by itself unless said. */
  gpus: z.int().min(0).max(64).optional(),
  /** Names of curated environments, or images (`*` stands for any text) → a YAML file, relative to this one. */
  environments: z.record(z.string(), z.string()).optional(),
  /** Names of datastores → folders, relative to this file; any other name is a folder in `datastores/`. */
  datastores: z.record(z.string(), z.string()).optional(),
  /** Addresses of data that begin so → a folder, relative to this file, or another address. */
  urls: z.array(z.strictObject({ from: z.string().min(1), to: z.string().min(1) })).optional(),
  /** What may be fetched of http(s) addresses that data is named by. */
  network: z
    .strictObject({
      fetch: z.boolean().optional(),
      private_addresses: z.boolean().optional(),
      max_bytes: Size.optional(),
    })
    .optional(),
  /** How much the code of one step may be. */
  code: z.strictObject({ max_bytes: Size.optional(), max_files: z.int().min(1).optional() }).optional(),
  /** How much may be brought into the workspace at once. */
  imports: z.strictObject({ max_bytes: Size.optional(), max_files: z.int().min(1).optional() }).optional(),
  /** For how many days after its end the outputs of a run are kept by `gc`. */
  keep: z.number().min(0).max(36_500).optional(),
});

export interface Config {
  readonly home: string;
  readonly slots: number;
  readonly gpus?: number | undefined;
  readonly environments: Readonly<Record<string, string>>;
  /** By name. */
  readonly datastores?: Readonly<Record<string, string>> | undefined;
  readonly urls?: readonly { readonly from: string; readonly to: string }[] | undefined;
  readonly network?: NetworkRules | undefined;
  readonly code?: Omit<CodeRules, 'dataFolder'> | undefined;
  readonly imports?: ImportRules | undefined;
  readonly displayName: string;
  readonly keepDays?: number | undefined;
}

export interface NetworkRules {
  /** Whether addresses are fetched at all. */
  readonly isFetched: boolean;
  /** Whether addresses of private networks are; this machine itself always is. */
  readonly arePrivateAllowed: boolean;
  /** Of one file. */
  readonly maxBytes: number;
}

/** 10 GiB. */
const defaultMaxBytes = 10 * 1024 ** 3;
export const defaultNetworkRules: NetworkRules = { isFetched: true, arePrivateAllowed: true, maxBytes: defaultMaxBytes };

const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);

export type ConfigOutcome = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly Problem[] };

/** `--home`, else `$PIPEWRIGHT_HOME`, else `~/.pipewright`. */
export function homeFolder(option: string | undefined): string {
  return resolve(option ?? process.env['PIPEWRIGHT_HOME'] ?? join(homedir(), '.pipewright'));
}

export async function readConfig(home: string): Promise<ConfigOutcome> {
  const file = join(home, 'config.yml');
  const wrong = (code: Problem['code'], message: string, place: Pick<Problem, 'line' | 'column'> = {}): Problem => ({
    severity: 'error',
    code,
    message,
    file,
    ...place,
  });
  try {
    const text = await readFile(file, 'utf8').catch(emptyIfMissing);
    const yaml = readYaml(text);
    const found = yaml.errors.map(({ message, position }) => wrong('yaml-syntax', `This is not readable YAML: ${message}.`, position));
    const value = yaml.value ?? {};
    const parsed = ConfigFile.safeParse(value);
    if (found.length === 0 && !parsed.success) {
      const issues = parsed.error.issues.map((issue) => describeIssue(issue, 'The file', { value }));
      found.push(...issues.map(({ message, path }) => wrong('invalid-value', message, yaml.positionOf(path))));
    }
    if (found.length > 0 || !parsed.success) return { ok: false, problems: found };
    const { slots, gpus, environments, keep, datastores, urls, network, code, imports } = parsed.data;
    return {
      ok: true,
      config: {
        home,
        slots: slots ?? availableParallelism(),
        gpus,
        environments: mapValues(environments ?? {}, (path) => resolve(home, path)),
        datastores: mapValues(datastores ?? {}, (path) => resolve(home, path)),
        urls: (urls ?? []).map(({ from, to }) => ({ from, to: isAddress(to) ? to : resolve(home, to) })),
        network: {
          isFetched: network?.fetch ?? true,
          arePrivateAllowed: network?.private_addresses ?? true,
          maxBytes: network?.max_bytes ?? defaultMaxBytes,
        },
        code: {
          maxBytes: code?.max_bytes ?? defaultCodeRules.maxBytes,
          maxFiles: code?.max_files ?? defaultCodeRules.maxFiles,
        },
        imports: {
          maxBytes: imports?.max_bytes ?? defaultImportRules.maxBytes,
          maxFiles: imports?.max_files ?? defaultImportRules.maxFiles,
        },
        displayName: userName(),
        keepDays: keep,
      },
    };
  } catch (error) {
    return { ok: false, problems: [wrong('missing-file', `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`)] };
  }
}

/** What the code of a step may be, with the data folder that it may never hold. */
export const codeRulesOf = ({ home, code }: Config): CodeRules => ({ ...defaultCodeRules, ...code, dataFolder: home });

/** For how many days `gc` keeps what runs have put out, unless it is told. */
export const keepDaysOf = ({ keepDays }: Config): number => keepDays ?? 30;

function emptyIfMissing(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}

function mapValues(map: Readonly<Record<string, string>>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry in the system's list of users.
    return 'someone';
  }
}
