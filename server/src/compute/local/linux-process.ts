import { readFileSync, readdirSync } from 'node:fs';

// What Linux tells of processes in its `/proc`: its own memory and not a disk, so it is read at once.

/** Empty for what is gone by now, or is not ours to read. */
export function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

/** The numbers in a folder of processes or threads. */
export function numbersIn(folder: string): number[] {
  try {
    return readdirSync(`/proc/${folder}`).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** The fields of `stat` from the third on, which is the state: what comes before may hold blanks. Empty when it is gone. */
function statOf(pid: number): string[] {
  const text = readProc(`${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

export interface ProcessFacts {
  readonly group: number;
  /** In the system's ticks since it was started. */
  readonly startTime: string;
  /** Processor time of its own, and of its children that have ended. */
  readonly cpuMs: number;
}

/** Linux tells times in hundredths of a second, to every program alike. */
const msPerTick = 10;

/** Undefined when there is no such process, or only what is left of one until its parent looks. */
export function factsOf(pid: number): ProcessFacts | undefined {
  const fields = statOf(pid);
  const [state = '', , group] = fields;
  if (['', 'Z', 'X'].includes(state)) return undefined;
  const cpuMs = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * msPerTick;
  return { group: Number(group), startTime: fields[19] ?? '', cpuMs };
}
