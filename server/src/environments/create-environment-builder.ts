import { createHash } from 'node:crypto';
import { access, appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { EnvironmentBuild } from '@pipewright/shared/http/assets.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { buildEnvironment } from './build-environment.ts';
import type { EnvironmentBuilder, Preparation, PreparedEnvironment, PrepareListener } from './environment-builder.ts';
import { choosePython, findPythons, type Python } from './find-python.ts';
import { hostSatisfies } from './host-satisfies.ts';

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

/** Written last: a folder without it is a build that did not come to its end, and is made anew. */
const ReadyFile = z.object({
  python: z.string(),
  builder: z.enum(['uv', 'venv']),
  notes: z.array(z.string()),
  startedAt: z.string(),
  endedAt: z.string(),
});

interface BuildUnderWay {
  readonly outcome: Promise<Preparation>;
  readonly listeners: Set<PrepareListener>;
  readonly abort: AbortController;
  waiting: number;
}

class LocalEnvironmentBuilder implements EnvironmentBuilder {
  readonly #options: EnvironmentBuilderOptions;
  readonly #ready = new Map<string, PreparedEnvironment>();
  readonly #underWay = new Map<string, BuildUnderWay>();
  readonly #failed = new Map<string, EnvironmentBuild>();
  #pythons: Promise<Python[]> | null = null;

  constructor(options: EnvironmentBuilderOptions) {
    this.#options = options;
  }

  hashOf(definition: EnvironmentDefinition | null): string {
    return createHash('sha256').update(canonicalJson(definition)).digest('hex').slice(0, 16);
  }

  async ready(definition: EnvironmentDefinition | null): Promise<PreparedEnvironment | undefined> {
    const hash = this.hashOf(definition);
    const known = this.#ready.get(hash) ?? (await this.#readBuild(hash, definition));
    if (!known || !(await isThere(known.python))) {
      this.#ready.delete(hash);
      return undefined;
    }
    this.#ready.set(hash, known);
    return known;
  }

  async prepare(definition: EnvironmentDefinition | null, listener: PrepareListener, signal?: AbortSignal): Promise<Preparation> {
    const standing = await this.ready(definition);
    if (standing) return { ok: true, environment: standing };
    const hash = this.hashOf(definition);
    const build = this.#underWay.get(hash) ?? this.#begin(hash, definition);
    build.listeners.add(listener);
    build.waiting += 1;
    const leave = (): void => {
      build.listeners.delete(listener);
      build.waiting -= 1;
      // Nobody waits for it any more: what was cancelled is not installed behind people's backs.
      if (build.waiting === 0) build.abort.abort();
    };
    signal?.addEventListener('abort', leave, { once: true });
    const outcome = await build.outcome;
    signal?.removeEventListener('abort', leave);
    return outcome;
  }

  async builds(): Promise<readonly EnvironmentBuild[]> {
    const hashes = await readdir(this.#options.folder).catch(() => []);
    const builds: EnvironmentBuild[] = [...this.#failed.values()];
    for (const hash of hashes) {
      if (this.#underWay.has(hash)) {
        const startedAt = this.#options.now().toISOString();
        builds.push({ hash, status: 'building', builder: 'uv', python: null, startedAt, endedAt: null, message: null });
        continue;
      }
      const ready = await this.#readReadyFile(hash);
      if (ready) builds.push({ hash, status: 'ready', builder: ready.builder, python: ready.python, startedAt: ready.startedAt, endedAt: ready.endedAt, message: null });
    }
    return builds;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const build of this.#underWay.values()) build.abort.abort();
    await Promise.allSettled([...this.#underWay.values()].map(async ({ outcome }) => await outcome));
  }

  #begin(hash: string, definition: EnvironmentDefinition | null): BuildUnderWay {
    const listeners = new Set<PrepareListener>();
    const abort = new AbortController();
    const all: PrepareListener = {
      line: (text) => listeners.forEach((listener) => listener.line(text)),
      progress: (detail) => listeners.forEach((listener) => listener.progress(detail)),
    };
    const outcome = this.#build(hash, definition, { listener: all, signal: abort.signal }).finally(() => this.#underWay.delete(hash));
    const build: BuildUnderWay = { outcome, listeners, abort, waiting: 0 };
    this.#underWay.set(hash, build);
    return build;
  }

  async #build(hash: string, definition: EnvironmentDefinition | null, work: { listener: PrepareListener; signal: AbortSignal }): Promise<Preparation> {
    const startedAt = this.#options.now().toISOString();
    const chosen = choosePython(await this.#findPythons(), definition?.python ?? null);
    if (!chosen) {
      // The person may install one and try again without starting the server anew.
      this.#pythons = null;
      return failure('No Python of version 3.9 or newer was found on this machine. Install Python 3 with venv or pip, so that python3 is on PATH.');
    }
    const { python, isExact } = chosen;
    const notes = isExact ? [] : [`Python ${definition?.python ?? ''} was asked for; ${python.version} is the nearest on this machine.`];
    const variables = definition?.variables ?? {};
    if (definition === null || (await hostSatisfies(python, definition.requirements))) {
      const environment: PreparedEnvironment = { hash, binFolder: dirname(python.path), python: python.path, variables, builder: 'host', notes };
      this.#ready.set(hash, environment);
      return { ok: true, environment };
    }
    const folder = join(this.#options.folder, hash);
    const log: string[] = [];
    const listener: PrepareListener = {
      line: (text) => {
        log.push(text);
        work.listener.line(text);
      },
      progress: (detail) => work.listener.progress(detail),
    };
    listener.progress('making the environment');
    await mkdir(this.#options.toolsFolder, { recursive: true });
    const built = await buildEnvironment({ definition, python, folder, toolsFolder: this.#options.toolsFolder, listener, signal: work.signal });
    if (!built.ok) {
      await rm(folder, { recursive: true, force: true });
      if (work.signal.aborted) return failure('The build of the environment was stopped.');
      const { message, firstError, lines } = built;
      this.#failed.set(hash, { hash, status: 'failed', builder: 'uv', python: python.path, startedAt, endedAt: this.#options.now().toISOString(), message });
      return failure(message, { lines, ...(firstError === undefined ? {} : { firstError }) });
    }
    this.#failed.delete(hash);
    await appendFile(join(folder, 'build.log'), `${log.join('\n')}\n`);
    const ready: z.infer<typeof ReadyFile> = { python: join(folder, 'venv', 'bin', 'python'), builder: built.builder, notes, startedAt, endedAt: this.#options.now().toISOString() };
    await writeFile(join(folder, 'ready.json'), JSON.stringify(ready));
    const environment = toEnvironment(hash, ready, variables);
    this.#ready.set(hash, environment);
    return { ok: true, environment };
  }

  async #readBuild(hash: string, definition: EnvironmentDefinition | null): Promise<PreparedEnvironment | undefined> {
    const ready = await this.#readReadyFile(hash);
    return ready && toEnvironment(hash, ready, definition?.variables ?? {});
  }

  async #readReadyFile(hash: string): Promise<z.infer<typeof ReadyFile> | undefined> {
    const text = await readFile(join(this.#options.folder, hash, 'ready.json'), 'utf8').catch(() => null);
    return text === null ? undefined : ReadyFile.parse(JSON.parse(text));
  }

  async #findPythons(): Promise<Python[]> {
    this.#pythons ??= findPythons();
    return await this.#pythons;
  }
}

function toEnvironment(hash: string, ready: z.infer<typeof ReadyFile>, variables: Readonly<Record<string, string>>): PreparedEnvironment {
  const { python, builder, notes } = ready;
  return { hash, binFolder: dirname(python), python, variables, builder, notes };
}

function failure(message: string, said: { readonly lines?: readonly string[]; readonly firstError?: string } = {}): Preparation {
  const { lines = [], firstError } = said;
  return { ok: false, failure: { reason: 'environment', message, lastLines: [...lines], ...(firstError === undefined ? {} : { firstError }) } };
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
