import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findProgram } from './program-folder.ts';

const compiler = join(import.meta.dirname, 'compile-program.ts');

/** Compiles the command line when its sources have changed. Where that cannot be, commands run from the sources: slower, and otherwise the same. */
export async function prepareProgram(): Promise<void> {
  if (findProgram() !== null) return;
  const child = spawn(process.execPath, [compiler], { stdio: 'ignore' });
  await once(child, 'exit').catch(() => undefined);
}
