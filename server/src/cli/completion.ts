import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { completionCandidates } from './completion-candidates.ts';
import { exitStatus } from './exit-status.ts';
import { UsageError } from './parse-arguments.ts';
import { withFailuresTold } from './with-failures-told.ts';

const shells = ['bash', 'zsh', 'fish'];

/** Writes a script by which a shell completes; it asks `completion candidates -- WORD…` for what may stand last. */
export async function completion([shell = '', ...args]: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    if (shell === 'candidates') {
      const lines = await completionCandidates(args[0] === '--' ? args.slice(1) : args);
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      return exitStatus.done;
    }
    if (!shells.includes(shell)) throw new UsageError(`${shell === '' ? 'say for which shell' : `${shell} is not known`}: ${shells.join(', ')}`);
    process.stdout.write(await readFile(join(import.meta.dirname, 'completion', `pipewright.${shell}`), 'utf8'));
    return exitStatus.done;
  });
}
