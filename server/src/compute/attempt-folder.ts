import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names in an attempt's folder. The step writes `log`, `pid` and `exit`; the server the rest. */
export const attemptFiles = {
  /** Made by whoever starts the attempt: the second one to try finds it taken. */
  claim: 'claim',
  /** `PID STARTTIME`, the start in the units of the system, so that a reused pid is not taken for ours. */
  pid: 'pid',
  /** The exit code; counts once it ends in a newline. */
  exit: 'exit',
  /** Both streams of the step, in order. */
  log: 'log',
  /** Our own lines before and after it. */
  prologue: 'prologue.log',
  epilogue: 'epilogue.log',
  work: 'work',
  outputs: 'outputs',
  /** What the step was given, for people. */
  description: 'step.json',
} as const;

/** `runs/<run>/<step>/<attempt>`: everything about one attempt, and the truth about how it ended. */
export class AttemptFolder {
  readonly path: string;

  constructor(runsFolder: string, id: { readonly runId: string; readonly step: string; readonly attempt: number }) {
    this.path = join(runsFolder, id.runId, id.step.replaceAll('/', '.'), String(id.attempt));
  }

  async create(): Promise<void> {
    await mkdir(this.path, { recursive: true });
  }

  file(name: keyof typeof attemptFiles): string {
    return join(this.path, attemptFiles[name]);
  }

  outputPath(name: string): string {
    return join(this.path, attemptFiles.outputs, name);
  }

  async isClaimed(): Promise<boolean> {
    return await stat(this.file('claim')).then(
      () => true,
      () => false,
    );
  }

  /** A line of ours before the step's own output. */
  note(line: string): void {
    appendFileSync(this.file('prologue'), `${line}\n`);
  }

  /** A line of ours after it. */
  async noteEnding(line: string): Promise<void> {
    await appendFile(this.file('epilogue'), `${line}\n`);
  }

  /** Undefined while the attempt has not ended, or its ending is only half written. */
  async exitCode(): Promise<number | undefined> {
    return await readExitCode(this.path);
  }
}

export async function readExitCode(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, attemptFiles.exit), 'utf8').catch(() => '');
  return /^\d+\n$/.test(text) ? Number(text) : undefined;
}

/** Undefined while the leader has not said who it is. */
export async function readPid(folder: string): Promise<{ pid: number; startTime: string } | undefined> {
  const text = await readFile(join(folder, attemptFiles.pid), 'utf8').catch(() => '');
  const match = /^(\d+) (\S+)\n$/.exec(text);
  return match?.[1] && match[2] ? { pid: Number(match[1]), startTime: match[2] } : undefined;
}
