import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { EnvironmentBuild } from '@pipewright/shared/http/assets.ts';
import type { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { buildEnvironment, type EarlierBuild } from './build-environment.ts';
import type { BuildFailure } from './describe-build-failure.ts';
import type { EnvironmentBuilder, Preparation, PreparedEnvironment, PrepareListener } from './environment-builder.ts';
import { EnvironmentLocks, environmentHash } from './environment-locks.ts';
import { choosePython, findPythons, type Python } from './find-python.ts';
import { findUv } from './find-uv.ts';
import { binFolderOf, lookAtHost } from './host-environment.ts';
import { areStill, type HostSigns } from './host-signs.ts';
import { installedPackages } from './installed-packages.ts';
import { describeLockChange } from './describe-lock-change.ts';
import { pythonWithPip, uvSettingsOfPip } from './pip.ts';
import { readReadyFile, writeReadyFile, type ReadyFile } from './ready-file.ts';
import { RunningBuild, stopped, type BuildWork } from './running-build.ts';

export interface EnvironmentBuilderOptions {
  /** `environments/` in the data folder. */
  readonly folder: string;
  /** `tools/` in the data folder, for what has to be fetched. */
  readonly toolsFolder: string;
  readonly now: () => Date;
}

export function createEnvironmentBuilder(options: EnvironmentBuilderOptions): EnvironmentBuilder {
  return new LocalEnvironmentBuilder(options);
}

interface WantedBuild {
  readonly python: Python;
  readonly requirements: readonly string[];
  readonly isStrict: boolean;
  readonly earlier: EarlierBuild | null;
}

interface FailedWork {
  readonly startedAt: string;
  /** Null: it did not come as far. */
  readonly builder: 'uv' | 'venv' | null;
}

interface Tools {
  readonly uv: string | undefined;
  readonly uvSettings: Readonly<Record<string, string>>;
}

class LocalEnvironmentBuilder implements EnvironmentBuilder {
  readonly #options: EnvironmentBuilderOptions;
  readonly #ready = new Map<string, PreparedEnvironment>();
  /** Of those that are the machine's own Python. */
  readonly #signs = new Map<string, HostSigns>();
  readonly #running = new Map<string, RunningBuild>();
  readonly #failed = new Map<string, EnvironmentBuild>();
  readonly #closing = new AbortController();
  readonly #locks: EnvironmentLocks;
  #pythons: Promise<readonly Python[]> | null = null;
  #tools: Promise<Tools> | null = null;

  constructor(options: EnvironmentBuilderOptions) {
    this.#options = options;
    this.#locks = new EnvironmentLocks(options.folder);
  }

  hashOf(definition: EnvironmentDefinition | null): string {
    return environmentHash(definition);
  }

  /** The machine's own Python, which anybody may change, is looked at again when there are signs that somebody has. */
  async lockOf(definition: EnvironmentDefinition | null): Promise<string | null> {
    const hash = this.hashOf(definition);
    const known = this.#stillReady(hash);
    if (known) return known.lock;
    const standing = await this.#locks.standing(hash);
    if (!standing?.host || areStill(standing.host)) return standing?.lock ?? null;
    this.#pythons = null;
    const host = await this.#hostEnvironment(definition);
    if (!host) await this.#locks.forget(hash);
    return host?.lock ?? null;
  }

  async readLock(id: string): Promise<EnvironmentLock | null> {
    return await this.#locks.readLock(id);
  }

  async ready(definition: EnvironmentDefinition | null): Promise<PreparedEnvironment | undefined> {
    const hash = this.hashOf(definition);
    const known = this.#stillReady(hash) ?? (await this.#readBuild(hash, definition));
    if (!known || !existsSync(known.python)) return undefined;
    this.#ready.set(hash, known);
    return known;
  }

  /** What is known to stand, as long as there is no sign that it has gone or changed. */
  #stillReady(hash: string): PreparedEnvironment | undefined {
    const known = this.#ready.get(hash);
    const signs = this.#signs.get(hash);
    if (known && existsSync(known.python) && (!signs || areStill(signs))) return known;
    // The Python that was found first may be another one now.
    if (signs) this.#pythons = null;
    this.#ready.delete(hash);
    this.#signs.delete(hash);
    return undefined;
  }

  async prepare(definition: EnvironmentDefinition | null, listener: PrepareListener, signal?: AbortSignal): Promise<Preparation> {
    const standing = await this.ready(definition);
    if (standing) return { ok: true, environment: standing };
    const hash = this.hashOf(definition);
    // One that was stopped is on its way out: the next begins when it is gone.
    for (let last = this.#running.get(hash); last?.isStopped; last = this.#running.get(hash)) await last.outcome;
    if (signal?.aborted || this.#closing.signal.aborted) return stopped;
    const build = this.#running.get(hash) ?? this.#begin(hash, definition);
    return await build.join(listener, signal);
  }

  async builds(): Promise<readonly EnvironmentBuild[]> {
    const running = [...this.#running].map(([hash, { startedAt }]): EnvironmentBuild => ({
      hash,
      status: 'building',
      builder: null,
      python: null,
      startedAt,
      endedAt: null,
      message: null,
      lock: null,
    }));
    const hashes = await readdir(this.#options.folder).catch(() => []);
    const built = await Promise.all(
      hashes.map(async (hash): Promise<EnvironmentBuild[]> => {
        const ready = this.#running.has(hash) ? undefined : await readReadyFile(this.#folderOf(hash));
        return ready ? [{ hash, status: 'ready', ...ready, message: ready.notes.join(' ') || null }] : [];
      }),
    );
    return [...running, ...this.#failed.values(), ...built.flat()];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    for (const build of this.#running.values()) build.stop();
    await Promise.allSettled([...this.#running.values()].map(async ({ outcome }) => await outcome));
  }

  #begin(hash: string, definition: EnvironmentDefinition | null): RunningBuild {
    const startedAt = this.#options.now().toISOString();
    const build = new RunningBuild(startedAt, async (work) => {
      try {
        return await this.#make(hash, definition, { ...work, startedAt });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        // The system refused a file: the disk is full, or the folder is not ours.
        return this.#fail(
          hash,
          { startedAt, builder: null },
          { message: `The environment could not be made: ${error.message}.`, firstError: undefined, lines: [] },
        );
      } finally {
        this.#running.delete(hash);
      }
    });
    this.#failed.delete(hash);
    this.#running.set(hash, build);
    return build;
  }

  /** The host's own Python where that will do, else a virtual environment. */
  async #make(hash: string, definition: EnvironmentDefinition | null, work: BuildWork & { readonly startedAt: string }): Promise<Preparation> {
    const chosen = choosePython(await this.#findPythons(), definition?.python ?? null);
    if (!chosen) {
      // The person may install one and try again without starting the server anew.
      this.#pythons = null;
      const message = 'No Python of version 3.9 or newer was found on this machine. Install Python 3 with venv or pip, so that python3 is on PATH.';
      return this.#fail(hash, { ...work, builder: null }, { message, firstError: undefined, lines: [] });
    }
    const { python, isExact } = chosen;
    const isStrict = definition?.resolution === 'strict';
    if (!isExact && isStrict) {
      this.#pythons = null;
      const message = `Python ${definition.python ?? ''} was asked for, strictly, and this machine has ${python.version} at the nearest. Install it, or let the environment be relaxed.`;
      return this.#fail(hash, { ...work, builder: null }, { message, firstError: undefined, lines: [] });
    }
    const host = await this.#hostEnvironment(definition);
    if (host) return { ok: true, environment: host };
    const requirements = definition?.requirements ?? [];
    const standing = await this.#locks.standing(hash);
    const lock = standing?.host === null ? await this.#locks.readLock(standing.lock) : null;
    const { built, folder, uv } = await this.#buildIn(hash, { python, requirements, isStrict, earlier: lock && { lock, notes: standing?.notes ?? [] } }, work);
    if (!built.ok || work.signal.aborted) {
      await rm(this.#folderOf(hash), { recursive: true, force: true, maxRetries: 3 });
      return built.ok || work.signal.aborted ? stopped : this.#fail(hash, { ...work, builder: uv === undefined ? 'venv' : 'uv' }, built);
    }
    const path = join(folder, 'venv', 'bin', 'python');
    const packages = await installedPackages(path, uv);
    const now = packages && { python: python.version, packages };
    const ready: ReadyFile = {
      python: path,
      builder: built.builder,
      notes: [...notesOnPython(definition, chosen), ...built.notes, ...(now && lock ? describeLockChange(lock, now) : [])],
      startedAt: work.startedAt,
      endedAt: this.#options.now().toISOString(),
      lock: now && (await this.#locks.keep(hash, now, { notes: [...built.notes] })),
    };
    await writeReadyFile(this.#folderOf(hash), ready);
    const environment = toEnvironment(hash, ready, definition);
    this.#ready.set(hash, environment);
    return { ok: true, environment };
  }

  async #hostEnvironment(definition: EnvironmentDefinition | null): Promise<PreparedEnvironment | null> {
    const host = await lookAtHost(await this.#findPythons(), definition);
    if (!host) return null;
    const hash = this.hashOf(definition);
    const { python, lock, signs } = host;
    const environment: PreparedEnvironment = {
      hash,
      binFolder: await binFolderOf(python, this.#options.folder),
      python: python.path,
      variables: definition?.variables ?? {},
      builder: 'host',
      notes: notesOnPython(definition, host),
      lock: await this.#locks.keep(hash, lock, { host: signs }),
    };
    this.#ready.set(hash, environment);
    this.#signs.set(hash, signs);
    return environment;
  }

  async #buildIn(hash: string, wanted: WantedBuild, { listener, signal }: BuildWork) {
    const home = this.#folderOf(hash);
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
    // Of its own for each try: an installer that outlived a killed server writes where nobody looks.
    const folder = join(home, randomUUID().slice(0, 8));
    await mkdir(folder, { recursive: true });
    const log = createWriteStream(join(home, 'build.log'));
    // A full disk stops the installer as well, and that says so.
    log.on('error', () => undefined);
    const told: PrepareListener = {
      line: (text) => {
        log.write(`${text}\n`);
        listener.line(text);
      },
      progress: (detail) => listener.progress(detail),
    };
    try {
      told.progress('making the environment');
      const tools = await this.#findTools(wanted.python, told);
      const built = await buildEnvironment({ ...wanted, ...tools, folder, listener: told, signal });
      return { built, folder, uv: tools.uv };
    } finally {
      log.end();
      await finished(log).catch(() => undefined);
    }
  }

  #fail(hash: string, { startedAt, builder }: FailedWork, { message, firstError, lines }: BuildFailure): Preparation {
    this.#failed.set(hash, { hash, status: 'failed', builder, python: null, startedAt, endedAt: this.#options.now().toISOString(), message, lock: null });
    return { ok: false, failure: { reason: 'environment', message, lastLines: [...lines], ...(firstError === undefined ? {} : { firstError }) } };
  }

  async #readBuild(hash: string, definition: EnvironmentDefinition | null): Promise<PreparedEnvironment | undefined> {
    const ready = await readReadyFile(this.#folderOf(hash));
    return ready && toEnvironment(hash, ready, definition);
  }

  async #findPythons(): Promise<readonly Python[]> {
    this.#pythons ??= findPythons();
    return await this.#pythons;
  }

  /** Found or fetched once, for all builds; without uv the next build tries again. */
  async #findTools(python: Python, listener: PrepareListener): Promise<Tools> {
    const find = async (): Promise<Tools> => {
      const { toolsFolder } = this.#options;
      const options = { signal: this.#closing.signal, onLine: (line: string) => listener.line(line) };
      const pip = await pythonWithPip(python, toolsFolder, options);
      const uv = await findUv(pip, toolsFolder, options);
      return { uv, uvSettings: await uvSettingsOfPip(pip) };
    };
    this.#tools ??= find();
    const tools = await this.#tools;
    if (tools.uv === undefined) this.#tools = null;
    return tools;
  }

  #folderOf(hash: string): string {
    return join(this.#options.folder, hash);
  }
}

function toEnvironment(hash: string, ready: ReadyFile, definition: EnvironmentDefinition | null): PreparedEnvironment {
  const { python, builder, notes, lock } = ready;
  return { hash, binFolder: dirname(python), python, variables: definition?.variables ?? {}, builder, notes, lock };
}

function notesOnPython(definition: EnvironmentDefinition | null, { python, isExact }: { readonly python: Python; readonly isExact: boolean }): string[] {
  return isExact ? [] : [`Python ${definition?.python ?? ''} was asked for; ${python.version} is the nearest on this machine.`];
}
