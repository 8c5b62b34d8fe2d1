import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findProgram } from './program-folder.ts';

const compiler = join(import.meta.dirname, 'compile-program.ts');

/**
 * Compiles the command line when its sources have changed. Where that cannot be, it is said on the standard error, and commands
 * run from the sources: slower, and otherwise the same. When the signal fires, the work is left.
 */
export async function prepareProgram(signal?: AbortSignal): Promise<void> {
  if (findProgram() !== null) return;
  const child = spawn(process.execPath, [compiler], { stdio: 'ignore', ...(signal ? { signal } : {}) });
  await once(child, 'exit').catch(() => undefined);
  if (findProgram() !== null || signal?.aborted) return;
  process.stderr.write('pipewright: the commands could not be compiled into server/dist. They run from their sources and start in twice the time.\n');
}
