import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ToolResult {
  readonly ok: boolean;
  /** Both streams, line by line, the last 200. */
  readonly lines: readonly string[];
  readonly stdout: string;
}

export interface ToolOptions {
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  readonly variables?: Readonly<Record<string, string>>;
}

const linesKept = 200;

/** Runs an installer to its end. A tool that is not there, or is aborted, is a result that is not ok. */
export async function runTool(command: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  const lines: string[] = [];
  let stdout = '';
  const take = (line: string): void => {
    lines.push(line);
    if (lines.length > linesKept) lines.shift();
    options.onLine?.(line);
  };
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.variables },
    ...(options.signal ? { signal: options.signal } : {}),
  });
  createInterface({ input: child.stderr }).on('line', take);
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout += `${line}\n`;
    take(line);
  });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  child.once('error', (error) => {
    take(error.message);
    resolve(false);
  });
  child.once('close', (code) => resolve(code === 0));
  return { ok: await promise, lines, stdout };
}
