import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { HostSigns } from './host-signs.ts';

/** The name of an environment: the content of its definition. */
export function environmentHash(definition: EnvironmentDefinition | null): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex').slice(0, 16);
}

/** The name of a lock: its content. */
export const lockId = (lock: EnvironmentLock): string => createHash('sha256').update(canonicalJson(lock)).digest('hex').slice(0, 16);

/** What decisions about reuse ask: which packages a definition stands for on this machine, and which a step ran with. */
export interface LockBook {
  /** The name of the lock; null where the environment was never made, or cannot be had as it was. */
  lockOf(definition: EnvironmentDefinition | null): Promise<string | null>;
  readLock(id: string): Promise<EnvironmentLock | null>;
}

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
export class EnvironmentLocks {
  readonly #folder: string;
  readonly #known = new Map<string, EnvironmentLock>();

  /** `environments/` in the data folder. */
  constructor(folder: string) {
    this.#folder = folder;
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
    const id = lockId(lock);
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
