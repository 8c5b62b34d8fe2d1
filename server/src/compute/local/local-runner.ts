import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { StepEnd } from '@pipewright/shared/run/step-failure.ts';
import type { Logger } from '../../logger.ts';
import { attemptFiles, readExitCode, readPid } from '../attempt-folder.ts';
import type { AttemptHandle, AttemptSpec, StepRunner } from '../step-runner.ts';
import { isGroupAlive, isSameProcess } from './process-identity.ts';
import { LauncherReply, type LauncherRequest } from './launcher-messages.ts';
import { endFromExitCode } from './step-end.ts';

export interface LocalRunnerOptions {
  readonly logger: Logger;
  /** Between TERM and KILL. */
  readonly graceMs: number;
}

/** The safety net under the launcher's hints and the folder's watcher. */
const pollEveryMs = 500;
/** A leader needs milliseconds to write its pid; one that has not after this time was never started. */
const unbornAfterMs = 10_000;

export function createLocalRunner(options: LocalRunnerOptions): StepRunner {
  return new LocalRunner(options);
}

/** Runs attempts as processes of this machine, through the launcher. */
class LocalRunner implements StepRunner {
  readonly #options: LocalRunnerOptions;
  readonly #asked = new Map<number, { readonly failed: (message: string) => void; readonly ended: () => void }>();
  readonly #attempts = new Set<LocalAttempt>();
  #launcher: ChildProcess | null = null;
  #nextId = 1;

  constructor(options: LocalRunnerOptions) {
    this.#options = options;
  }

  async start(spec: AttemptSpec): Promise<AttemptHandle> {
    const isOurs = await mkdir(join(spec.folder, attemptFiles.claim)).then(
      () => true,
      () => false,
    );
    if (!isOurs) return await this.adopt(spec.folder);
    const attempt = this.#watch(spec.folder);
    const id = this.#nextId++;
    const forget = (): boolean => this.#asked.delete(id);
    this.#asked.set(id, { failed: (message) => attempt.fail(message), ended: () => void attempt.look() });
    void attempt.ended.finally(forget);
    this.#send({ id, folder: spec.folder, workFolder: spec.workFolder, command: spec.command, variables: spec.variables });
    return attempt;
  }

  async adopt(folder: string): Promise<AttemptHandle> {
    return this.#watch(folder);
  }

  /** Lets go of the attempts: they live on, and the launcher ends with its input. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const attempt of this.#attempts) attempt.letGo();
    const launcher = this.#launcher;
    this.#launcher = null;
    if (!launcher || launcher.exitCode !== null || launcher.signalCode !== null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    launcher.once('exit', () => resolve());
    launcher.stdin?.end();
    await promise;
  }

  #watch(folder: string): LocalAttempt {
    const attempt = new LocalAttempt(folder, this.#options.graceMs);
    this.#attempts.add(attempt);
    void attempt.ended.finally(() => this.#attempts.delete(attempt));
    return attempt;
  }

  #send(request: LauncherRequest): void {
    this.#launcher ??= this.#launch();
    this.#launcher.stdin?.write(`${JSON.stringify(request)}\n`);
  }

  #launch(): ChildProcess {
    const entry = fileURLToPath(new URL('./launcher.ts', import.meta.url));
    const launcher = spawn(process.execPath, ['--max-semi-space-size=1', entry], { stdio: ['pipe', 'pipe', 'inherit'] });
    // A launcher that dies takes nothing along: attempts are watched by their folders, the next start makes another.
    launcher.once('exit', () => {
      if (this.#launcher === launcher) this.#launcher = null;
    });
    launcher.on('error', (error) => this.#options.logger.error({ err: error }, 'The launcher could not be started'));
    launcher.stdin.on('error', () => undefined);
    createInterface({ input: launcher.stdout }).on('line', (line) => this.#take(LauncherReply.parse(JSON.parse(line))));
    return launcher;
  }

  #take(reply: LauncherReply): void {
    const attempt = this.#asked.get(reply.id);
    if (reply.kind === 'failed') attempt?.failed(reply.message);
    if (reply.kind === 'ended') attempt?.ended();
  }
}

/** One attempt as seen through its folder. */
class LocalAttempt implements AttemptHandle {
  readonly ended: Promise<StepEnd>;
  readonly #folder: string;
  readonly #graceMs: number;
  readonly #resolve: (end: StepEnd) => void;
  readonly #since = performance.now();
  readonly #released = new AbortController();
  #isStopping = false;

  constructor(folder: string, graceMs: number) {
    this.#folder = folder;
    this.#graceMs = graceMs;
    const { promise, resolve } = Promise.withResolvers<StepEnd>();
    this.ended = promise;
    this.#resolve = (end) => {
      this.#released.abort();
      resolve(end);
    };
    const watcher = watch(folder, { signal: this.#released.signal }, (_event, file) => {
      if (file === attemptFiles.exit) void this.look();
    });
    // The folder may be removed under us; the poll will say that the attempt is lost.
    watcher.on('error', () => undefined);
    void this.#poll();
  }

  stop(): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    void this.#stop();
  }

  fail(message: string): void {
    this.#resolve({ kind: 'spawn-failed', message });
  }

  /** Nobody waits any more; `ended` stays open. */
  letGo(): void {
    this.#released.abort();
  }

  /** Reads the folder; true when the attempt has ended. */
  async look(): Promise<boolean> {
    const code = await readExitCode(this.#folder);
    if (code !== undefined) {
      this.#resolve(endFromExitCode(code));
      return true;
    }
    const leader = await readPid(this.#folder);
    if (!leader) {
      const isUnborn = performance.now() - this.#since > unbornAfterMs;
      if (isUnborn) this.#resolve({ kind: 'lost', message: 'The step was being started when the machine or the server stopped, and it never began.' });
      return isUnborn;
    }
    if (await isSameProcess(leader)) return false;
    // It may have written its ending and gone between the two looks.
    const late = await readExitCode(this.#folder);
    this.#resolve(late === undefined ? { kind: 'lost', message: 'The process of the step is gone and left no exit code: it was killed, or the machine was restarted.' } : endFromExitCode(late));
    return true;
  }

  async #poll(): Promise<void> {
    const { signal } = this.#released;
    while (!signal.aborted) {
      if (await this.look()) return;
      await delay(pollEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #stop(): Promise<void> {
    const { signal } = this.#released;
    const leader = await this.#leader();
    if (!leader) return;
    this.#signalGroup(leader.pid, 'SIGTERM');
    await delay(this.#graceMs, undefined, { signal }).catch(() => undefined);
    // Ended meanwhile: what it left behind in its group is ended as well.
    if (isGroupAlive(leader.pid)) this.#signalGroup(leader.pid, 'SIGKILL');
    if (!signal.aborted) await this.look();
  }

  async #leader(): Promise<{ pid: number } | undefined> {
    while (!this.#released.signal.aborted) {
      const leader = await readPid(this.#folder);
      if (leader) return (await isSameProcess(leader)) || isGroupAlive(leader.pid) ? leader : undefined;
      await delay(10);
    }
    return undefined;
  }

  #signalGroup(group: number, signal: 'SIGTERM' | 'SIGKILL'): void {
    try {
      process.kill(-group, signal);
    } catch {
      // The group is gone: its ending is in the folder.
    }
  }
}
