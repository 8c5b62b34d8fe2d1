import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface CliOptions {
  readonly cwd?: string;
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CliEnd {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command with `--json` has printed; its shape is for the test to say. */
export const readJson = (end: CliEnd) => JSON.parse(end.stdout);

/** A command that runs, as a shell would have started it: in a group of its own, with pipes for both streams. */
export interface CliProcess {
  readonly pid: number;
  readonly ended: Promise<CliEnd>;
  /** Resolves when a stream has said a text; rejects when the command ends without it. */
  says(stream: 'stdout' | 'stderr', text: string): Promise<void>;
  /** Ctrl-C reaches the whole group. */
  interrupt(): void;
}

const main = join(import.meta.dirname, '..', 'main.ts');

/** Runs `pipewright …` to its end. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliEnd> {
  return await startCli(args, options).ended;
}

export function startCli(args: readonly string[], { cwd, home, env = {} }: CliOptions): CliProcess {
  const child = spawn(process.execPath, [main, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, PIPEWRIGHT_HOME: home, ...env },
    detached: true,
  });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
      for (const listener of listeners) listener();
    });
  }
  const { pid } = child;
  if (pid === undefined) throw new Error('Internal error: expected the command to start');
  const { promise: ended, resolve } = Promise.withResolvers<CliEnd>();
  child.on('close', (status) => resolve({ status, ...said }));
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
  });
  const says = async (stream: 'stdout' | 'stderr', text: string): Promise<void> => {
    const { promise, resolve: hear, reject } = Promise.withResolvers<void>();
    const look = (): void => {
      if (said[stream].includes(text)) hear();
    };
    listeners.add(look);
    look();
    void ended.then((end) => reject(new Error(`The command ended with ${end.status} and never said ${text}:\n${end.stdout}\n${end.stderr}`)));
    await promise;
    listeners.delete(look);
  };
  return { pid, ended, says, interrupt: () => process.kill(-pid, 'SIGINT') };
}
