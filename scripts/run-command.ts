import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

export interface CommandResult {
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a program of the workspace to its end, quietly; what it said comes back. */
export async function runCommand(command: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
  const began = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...variables } });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const { promise, resolve } = Promise.withResolvers<boolean>();
  child.once('error', (error) => {
    output += error.message;
    resolve(false);
  });
  child.once('close', (code) => resolve(code === 0));
  const ok = await promise;
  return { ok, output, seconds: (performance.now() - began) / 1000 };
}

export const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
