import type { StepUsage } from '@pipewright/shared/run/step-usage.ts';
import { factsOf, numbersIn, readProc } from './linux-process.ts';

/**
 * What a tree of processes takes while it lives. Memory has to be looked at from time to time, for nobody keeps count of
 * it: what each process had at most is known as long as that process lives, so a look late in its life suffices.
 */
export class UsageMeter {
  #peakMemoryBytes = 0;
  #cpuMs = 0;

  /** Looks at all that descends from an attempt's leader, which itself is ours. */
  look(leader: number): void {
    if (process.platform !== 'linux') return;
    let memory = 0;
    let cpuMs = factsOf(leader)?.cpuMs ?? 0;
    for (const pid of descendantsOf(leader)) {
      const now = memoryOf(pid);
      memory += now.current;
      this.#peakMemoryBytes = Math.max(this.#peakMemoryBytes, now.peak);
      cpuMs += factsOf(pid)?.cpuMs ?? 0;
    }
    this.#peakMemoryBytes = Math.max(this.#peakMemoryBytes, memory);
    this.#cpuMs = Math.max(this.#cpuMs, cpuMs);
  }

  /** With what the leader wrote down at the end, which is exact; without it, what was seen. */
  usage(written: string): StepUsage {
    return {
      ...(this.#cpuMs > 0 ? { cpuMs: this.#cpuMs } : {}),
      ...(this.#peakMemoryBytes > 0 ? { peakMemoryBytes: this.#peakMemoryBytes } : {}),
      ...parseUsage(written),
    };
  }
}

/**
 * Reads what the leader wrote: two lines of bash's `times` (its own, then that of all it waited for; user and system),
 * and the lines of `/proc/PID/io`, in which Linux counts children that were waited for.
 */
function parseUsage(text: string): StepUsage {
  const times = [...text.matchAll(/(\d+)m(\d+)[.,](\d{3})s/g)].map(
    ([, minutes, seconds, thousandths]) => Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(thousandths),
  );
  const usage: StepUsage = times.length === 4 ? { cpuMs: times.reduce((sum, ms) => sum + ms, 0) } : {};
  for (const [name, key] of Object.entries(ioNames)) {
    const value = new RegExp(String.raw`^${name}: (\d+)$`, 'm').exec(text)?.[1];
    if (value !== undefined) usage[key] = Number(value);
  }
  return usage;
}

const ioNames = { rchar: 'readBytes', wchar: 'writtenBytes', read_bytes: 'diskReadBytes', write_bytes: 'diskWrittenBytes' } as const;

function descendantsOf(root: number): number[] {
  const found = childrenOf(root);
  // The list grows while it is walked.
  for (const pid of found) found.push(...childrenOf(pid));
  return found;
}

/** A child belongs to the thread that forked it. */
function childrenOf(pid: number): number[] {
  const lists = numbersIn(`${pid}/task`).map((thread) => readProc(`${pid}/task/${thread}/children`));
  return lists.flatMap((list) =>
    list
      .split(' ')
      .filter((word) => word !== '')
      .map(Number),
  );
}

function memoryOf(pid: number): { readonly current: number; readonly peak: number } {
  const text = readProc(`${pid}/status`);
  const bytes = (name: string): number => Number(new RegExp(String.raw`^${name}:\s+(\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
  return { current: bytes('VmRSS'), peak: bytes('VmHWM') };
}
