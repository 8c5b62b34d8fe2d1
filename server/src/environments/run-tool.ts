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
  readonly input?: string;
}

const linesKept = 200;

/**
 * Runs an installer to its end. A tool that is not there, or is aborted, is a result that is not ok. It leads a group of
 * its own, so that what it has started ends with it.
 */
export async function runTool(command: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  const lines: string[] = [];
  let stdout = '';
  const take = (line: string): void => {
    lines.push(line);
    if (lines.length > linesKept) lines.shift();
    options.onLine?.(line);
  };
  const { signal } = options;
  if (signal?.aborted) return { ok: false, lines: ['stopped'], stdout };
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env: { ...process.env, ...options.variables } });
  const stop = (): void => {
    if (child.pid !== undefined) endGroup(child.pid);
  };
  signal?.addEventListener('abort', stop, { once: true });
  // It may end without reading what it is given.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
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
  const ok = await promise;
  signal?.removeEventListener('abort', stop);
  return { ok, lines, stdout };
}

/** Installers leave nothing behind that is worth waiting for: a stopped build is removed. */
function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
