import { readFile } from 'node:fs/promises';
import { availableParallelism, homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** `config.yml` in the data folder; everything in it may be left out. */
const ConfigFile = z.looseObject({
  /** How many steps run at once on this machine. */
  slots: z.int().min(1).max(1024).optional(),
  /** How many graphics cards steps may ask for; found by itself unless said. */
  gpus: z.int().min(0).max(64).optional(),
  /** Names of curated environments, or images (`*` stands for any text) → a YAML file, relative to this one. */
  environments: z.record(z.string(), z.string()).optional(),
  /** For how many days after its end the outputs of a run are kept by `gc`. */
  keep: z.number().min(0).max(36_500).optional(),
});

export interface Config {
  readonly home: string;
  readonly slots: number;
  readonly gpus?: number | undefined;
  readonly environments: Readonly<Record<string, string>>;
  readonly displayName: string;
  readonly keepDays?: number | undefined;
}

export type ConfigOutcome = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly message: string };

/** `--home`, else `$PIPEWRIGHT_HOME`, else `~/.pipewright`. */
export function homeFolder(option: string | undefined): string {
  return resolve(option ?? process.env['PIPEWRIGHT_HOME'] ?? join(homedir(), '.pipewright'));
}

export async function readConfig(home: string): Promise<ConfigOutcome> {
  const file = join(home, 'config.yml');
  try {
    const text = await readFile(file, 'utf8').catch(emptyIfMissing);
    const parsed = ConfigFile.safeParse(parse(text) ?? {});
    if (!parsed.success) return { ok: false, message: `${file}: ${z.prettifyError(parsed.error)}` };
    const { slots, gpus, environments, keep } = parsed.data;
    return {
      ok: true,
      config: {
        home,
        slots: slots ?? availableParallelism(),
        gpus,
        environments: mapValues(environments ?? {}, (path) => resolve(home, path)),
        displayName: userName(),
        keepDays: keep,
      },
    };
  } catch (error) {
    return { ok: false, message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

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
