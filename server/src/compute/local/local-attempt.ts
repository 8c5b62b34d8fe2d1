import { watch } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { StepEnd } from '@pipewright/shared/run/step-failure.ts';
import type { StepUsage } from '@pipewright/shared/run/step-usage.ts';
import { attemptFiles, isExitCodeCut, readExitCode, readPid, readTimedOut, readUsageText, type Leader } from '../attempt-files.ts';
import type { AttemptHandle } from '../step-runner.ts';
import { findStrays } from './find-strays.ts';
import type { LaunchListener } from './launcher-connection.ts';
import { isSameProcess, ownsGroup, signalGroup, signalProcess } from './process-identity.ts';
import { endFromExitCode } from './step-end.ts';
import { UsageMeter } from './usage-meter.ts';

/** The safety net under the launcher's hints and the folder's watcher. */
const pollEveryMs = 500;
/** A process that outlives SIGKILL waits for a disk or a network drive; nobody waits for it longer than this. */
const buriedAfterMs = 5000;
/** What an attempt takes is looked at soon after its start, and then less and less often. */
const firstLookMs = 30;
const laterLooksMs = 1000;
/** After this time, the system may have given away all its process numbers and begun anew. */
const longMs = 60_000;
/** A process may fork while it is being looked for. */
const mostSearches = 10;

export interface Patience {
  /** Between TERM and KILL. */
  readonly graceMs: number;
  /** A leader needs milliseconds to write its pid; one that has not after this time was never started. */
  readonly unbornAfterMs: number;
}

/**
 * One attempt as seen through its folder. It is *asked* for until the launcher answers, *begun* when the launcher started
 * it, and *found* when somebody did: then a leader that never wrote its pid is given up after a while.
 */
export class LocalAttempt implements AttemptHandle, LaunchListener {
  readonly ended: Promise<StepEnd>;
  readonly #folder: string;
  readonly #patience: Patience;
  readonly #settle: (end: StepEnd) => void;
  readonly #released = new AbortController();
  #origin: 'asked' | 'begun' | 'found';
  #foundAt = performance.now();
  #isStopping = false;
  readonly #meter = new UsageMeter();
  readonly #watchedSince = performance.now();
  #strays = 0;

  constructor(folder: string, origin: 'asked' | 'found', patience: Patience) {
    this.#folder = folder;
    this.#patience = patience;
    this.#origin = origin;
    const { promise, resolve } = Promise.withResolvers<StepEnd>();
    this.ended = promise;
    this.#settle = resolve;
    if (origin === 'found') this.#watchFolder();
    void this.#poll();
    void this.#measure();
  }

  get usage(): StepUsage {
    return this.#meter.usage(readUsageText(this.#folder));
  }

  get strays(): number {
    return this.#strays;
  }

  stop(): void {
    if (this.#isStopping || this.#released.signal.aborted) return;
    this.#isStopping = true;
    void this.#stop();
  }

  /** Nobody waits any more; `ended` stays open and the process lives on. */
  letGo(): void {
    this.#released.abort();
  }

  started(): void {
    this.#origin = 'begun';
  }

  taken(): void {
    this.#origin = 'found';
    this.#foundAt = performance.now();
    this.#watchFolder();
    void this.#look();
  }

  abandoned(): void {
    this.taken();
  }

  failed(message: string): void {
    this.#end({ kind: 'spawn-failed', message });
  }

  /** The launcher saw the leader go: whatever is not in the folder now will never be. */
  leaderGone(): void {
    void this.#look({ isLeaderGone: true });
  }

  /** For one that the launcher will not tell about. */
  #watchFolder(): void {
    const { signal } = this.#released;
    try {
      const watcher = watch(this.#folder, { signal }, (_event, file) => {
        if (file === attemptFiles.exit) void this.#look();
      });
      watcher.on('error', () => undefined);
    } catch {
      // No folder, or the system has no watches left: the poll alone will do.
    }
  }

  async #poll(): Promise<void> {
    const { signal } = this.#released;
    // Of what was asked for just now there is nothing to see yet.
    if (this.#origin === 'found') await this.#look();
    while (!signal.aborted) {
      await delay(pollEveryMs, undefined, { signal }).catch(() => undefined);
      await this.#look();
    }
  }

  async #measure(): Promise<void> {
    const { signal } = this.#released;
    for (let waitMs = firstLookMs; !signal.aborted; waitMs = Math.min(waitMs * 2, laterLooksMs)) {
      await delay(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
      const leader = signal.aborted ? undefined : readPid(this.#folder);
      if (leader) this.#meter.look(leader.pid);
    }
  }

  /** Reads what the folder says about the ending, and who leads if there is none yet. */
  async #look({ isLeaderGone = false } = {}): Promise<void> {
    if (this.#released.signal.aborted) return;
    const code = readExitCode(this.#folder);
    const leader = readPid(this.#folder);
    if (code !== undefined) return await this.#endOf(leader, this.#endWithCode(code));
    if (leader ? await isSameProcess(leader) : this.#mayBeBorn()) {
      if (!isLeaderGone) return;
    }
    // It may have written its ending and gone between the looks.
    const late = readExitCode(this.#folder);
    return await this.#endOf(leader, late === undefined ? this.#endWithoutCode(leader) : this.#endWithCode(late));
  }

  #mayBeBorn(): boolean {
    return this.#origin !== 'found' || performance.now() - this.#foundAt < this.#patience.unbornAfterMs;
  }

  #endWithCode(code: number): StepEnd {
    const timeoutMs = code === 0 ? undefined : readTimedOut(this.#folder);
    return timeoutMs === undefined ? endFromExitCode(code) : { kind: 'timed-out', timeoutMs };
  }

  #endWithoutCode(leader: Leader | undefined): StepEnd {
    const timeoutMs = readTimedOut(this.#folder);
    if (timeoutMs !== undefined) return { kind: 'timed-out', timeoutMs };
    if (this.#isStopping) return { kind: 'signalled', signal: 'SIGKILL' };
    if (!leader) return { kind: 'lost', message: 'The step was being started when the machine or the server stopped, and it never began.' };
    if (isExitCodeCut(this.#folder)) {
      const message = 'The disk is full: the step could not even write down how it ended. Make room, for instance with pipewright gc, and run it again.';
      return { kind: 'lost', message };
    }
    return { kind: 'lost', message: 'The process of the step is gone and left no exit code: it was killed from outside, or the machine was restarted.' };
  }

  /** What a step leaves behind in its group must not write into outputs that are being collected. */
  async #endOf(leader: Leader | undefined, end: StepEnd): Promise<void> {
    const isOurs = leader !== undefined && (await ownsGroup(leader));
    // Two looks may have found the same ending.
    if (this.#released.signal.aborted) return;
    if (isOurs) signalGroup(leader.pid, 'SIGKILL');
    if (leader) this.#endStrays(leader);
    this.#end(end);
  }

  #endStrays(leader: Leader): void {
    const ended = new Set<number>();
    for (let search = 0; search < mostSearches; search += 1) {
      const found = this.#findStrays(leader).filter((pid) => !ended.has(pid));
      if (found.length === 0) break;
      for (const pid of found) {
        signalProcess(pid, 'SIGKILL');
        ended.add(pid);
      }
    }
    this.#strays = ended.size;
  }

  #findStrays(leader: Leader): number[] {
    const isLong = this.#origin === 'found' || performance.now() - this.#watchedSince > longMs;
    return findStrays({ folder: this.#folder, leader, isLong });
  }

  #end(end: StepEnd): void {
    this.#released.abort();
    this.#settle(end);
  }

  async #stop(): Promise<void> {
    const leader = await this.#leader();
    if (!leader) return;
    signalGroup(leader.pid, 'SIGTERM');
    for (const pid of this.#findStrays(leader)) signalProcess(pid, 'SIGTERM');
    // A process that was halted hears nothing until it goes on.
    signalGroup(leader.pid, 'SIGCONT');
    await this.#wait(this.#patience.graceMs);
    if (this.#released.signal.aborted) return;
    signalGroup(leader.pid, 'SIGKILL');
    for (let waited = 0; waited < buriedAfterMs && !this.#released.signal.aborted; waited += 20) {
      await this.#look();
      await this.#wait(20);
    }
    if (this.#released.signal.aborted) return;
    this.#endStrays(leader);
    this.#end({ kind: 'lost', message: 'The process of the step could not be ended, even by SIGKILL: it waits for a disk or a network drive.' });
  }

  async #wait(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#released.signal }).catch(() => undefined);
  }

  /** Who leads the group; undefined when the attempt ended before anyone did. */
  async #leader(): Promise<Leader | undefined> {
    while (!this.#released.signal.aborted) {
      const leader = readPid(this.#folder);
      if (leader) return (await ownsGroup(leader)) ? leader : undefined;
      await this.#wait(10);
    }
    return undefined;
  }
}
