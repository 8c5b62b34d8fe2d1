import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attemptFiles } from './attempt-files.ts';

/** `runs/<run>/<step>/<attempt>`: everything about one attempt, and the truth about how it ended. */
export class AttemptFolder {
  readonly path: string;

  constructor(runsFolder: string, id: { readonly runId: string; readonly step: string; readonly attempt: number }) {
    this.path = join(runsFolder, id.runId, id.step.replaceAll('/', '.'), String(id.attempt));
  }

  /** Whether it was not there before. */
  create(): boolean {
    return mkdirSync(this.path, { recursive: true }) !== undefined;
  }

  file(name: keyof typeof attemptFiles): string {
    return join(this.path, attemptFiles[name]);
  }

  outputPath(name: string): string {
    return join(this.path, attemptFiles.outputs, name);
  }

  get isClaimed(): boolean {
    return existsSync(this.file('claim'));
  }

  /** A line of ours before the step's own output. */
  note(line: string): void {
    appendFileSync(this.file('prologue'), `${line}\n`);
  }

  /** Our line after it, on a line of its own. */
  async noteEnding(line: string): Promise<void> {
    const isLineOpen = !['', '\n'].includes(await lastCharacter(this.file('log')));
    // The folder may be gone with everything in it: the line is told by the step's failure as well.
    await writeFile(this.file('epilogue'), `${isLineOpen ? '\n' : ''}${line}\n`).catch(() => undefined);
  }
}

async function lastCharacter(path: string): Promise<string> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
