import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// A process that was started from a program loads some of its modules when they are needed: a server perhaps after days. This
// module is loaded by every command and needs no library.

const before = 'held-by-';

/** Says in the program's folder, until this process ends, that the program is needed. */
export function holdProgram(folder: string): void {
  const mark = join(folder, `${before}${process.pid}`);
  try {
    writeFileSync(mark, '');
  } catch {
    // Where nothing can be written, nobody removes the program either.
    return;
  }
  process.once('exit', () => rmSync(mark, { force: true }));
}

/** Whether a process that lives has said so. */
export const isHeld = (folder: string): boolean => readdirSync(folder).some((name) => name.startsWith(before) && isAlive(Number(name.slice(before.length))));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
