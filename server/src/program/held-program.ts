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

/** Whether a process that lives has said so. What one has left that was killed goes: its number may be another's one day. */
export function isHeld(folder: string): boolean {
  const marks = namesIn(folder).filter((name) => name.startsWith(before));
  const dead = marks.filter((name) => !isAlive(Number(name.slice(before.length))));
  for (const name of dead) rmSync(join(folder, name), { force: true });
  return dead.length < marks.length;
}

/** None where another process has just removed the folder. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
