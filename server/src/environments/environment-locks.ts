import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';

/** The name of an environment: the content of its definition. */
export function environmentHash(definition: EnvironmentDefinition | null): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex').slice(0, 16);
}

/** What decisions about reuse ask: which packages a definition stands for on this machine, and which a step ran with. */
export interface LockBook {
  /** The name of the lock; null where the environment was never made, or has changed in a way that nobody has looked at. */
  lockOf(definition: EnvironmentDefinition | null): Promise<string | null>;
  readLock(id: string): Promise<EnvironmentLock | null>;
}

/** By what a change of the machine's own Python is noticed without asking it. */
export const HostSigns = z.object({
  /** The variable by which it is found. */
  path: z.string(),
  /** The interpreter and the folders of its packages, each with the time of its last change. */
  changedAt: z.record(z.string(), z.number()),
});
export type HostSigns = z.infer<typeof HostSigns>;

const Standing = z.object({
  lock: z.string(),
  host: HostSigns.nullable(),
  /** What gave way when it was made, as that is still so when it is made again. */
  notes: z.array(z.string()),
});
export type Standing = z.infer<typeof Standing>;

/**
 * Locks by their content, and for each definition the newest. They outlive the environments they tell of, which can be
 * made again from them, so that what has been run since is still what it was: `gc` leaves them (each has a few kB).
 */
export class EnvironmentLocks implements LockBook {
  readonly #folder: string;
  readonly #known = new Map<string, EnvironmentLock>();

  /** `environments/` in the data folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async lockOf(definition: EnvironmentDefinition | null): Promise<string | null> {
    const standing = await this.standing(environmentHash(definition));
    return standing && (await isStill(standing)) ? standing.lock : null;
  }

  async readLock(id: string): Promise<EnvironmentLock | null> {
    const known = this.#known.get(id) ?? (await readJson(this.#fileOf(id), EnvironmentLock));
    if (known) this.#known.set(id, known);
    return known;
  }

  async standing(hash: string): Promise<Standing | null> {
    return await readJson(this.#standingFile(hash), Standing);
  }

  /** Returns the name of the lock. */
  async keep(hash: string, lock: EnvironmentLock, { host = null, notes = [] }: Partial<Omit<Standing, 'lock'>> = {}): Promise<string> {
    const id = createHash('sha256').update(canonicalJson(lock)).digest('hex').slice(0, 16);
    if (!(await this.readLock(id))) await writeJson(this.#fileOf(id), lock);
    const standing = await this.standing(hash);
    const now: Standing = { lock: id, host, notes };
    if (canonicalJson(standing) !== canonicalJson(now)) await writeJson(this.#standingFile(hash), now);
    return id;
  }

  /** The machine no longer has what it had. */
  async forget(hash: string): Promise<void> {
    await rm(this.#standingFile(hash), { force: true });
  }

  #fileOf(id: string): string {
    return join(this.#folder, 'locks', `${id}.json`);
  }

  #standingFile(hash: string): string {
    return join(this.#folder, 'locks', `of-${hash}.json`);
  }
}

/** Whether the machine's own Python is what it was; one of ours does not change once it is made. */
export async function isStill({ host }: Standing): Promise<boolean> {
  if (!host) return true;
  return canonicalJson(host) === canonicalJson(await hostSigns(Object.keys(host.changedAt)));
}

export async function hostSigns(paths: readonly string[]): Promise<HostSigns> {
  const times = await Promise.all(paths.map(async (path) => [path, (await stat(path).catch(() => null))?.mtimeMs ?? 0] as const));
  return { path: process.env['PATH'] ?? '', changedAt: Object.fromEntries(times) };
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Cut by a loss of power: it counts as none, and is written anew.
    return null;
  }
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.${randomUUID().slice(0, 8)}`;
  await writeFile(fresh, `${JSON.stringify(value)}\n`);
  await rename(fresh, file);
}
