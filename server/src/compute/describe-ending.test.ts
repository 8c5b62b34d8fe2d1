import { writeFile, readFile, rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { AttemptFolder } from './attempt-folder.ts';
import { describeEnding } from './describe-ending.ts';

async function attemptWith(log: string): Promise<AttemptFolder> {
  const folder = new AttemptFolder(await tempFolder(), { runId: '1', step: 'outer/train', attempt: 1 });
  folder.create();
  await writeFile(folder.file('log'), log);
  return folder;
}

describe('describeEnding', () => {
  it('says the code, the first error and the last lines, and writes the ending under the log', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => `  File "deep.py", line ${index}`);
    const folder = await attemptWith(`start\nTraceback (most recent call last):\n${lines.join('\n')}\nKeyError: 'x'\n`);
    const failure = await describeEnding(folder, { kind: 'exited', exitCode: 1 });
    expect(failure).toMatchObject({ reason: 'exit-code', exitCode: 1, firstError: "KeyError: 'x'" });
    expect(failure.lastLines).toHaveLength(20);
    expect(failure.lastLines.at(-1)).toBe("KeyError: 'x'");
    expect(await readFile(folder.file('epilogue'), 'utf8')).toBe('The command ended with exit code 1.\n');
  });

  it('reads only the end of a huge log, and no half of a line', async () => {
    const folder = await attemptWith(`${'a long line of output\n'.repeat(500_000)}ValueError: at the end`);
    const failure = await describeEnding(folder, { kind: 'exited', exitCode: 1 });
    expect(failure.firstError).toBe('ValueError: at the end');
    expect(new Set(failure.lastLines.slice(0, -1))).toEqual(new Set(['a long line of output']));
    expect(await readFile(folder.file('epilogue'), 'utf8')).toMatch(/^\nThe command/);
  });

  it('shows of a progress bar what stood last', async () => {
    const folder = await attemptWith('  0%\r 50%\r100%\r\ndone\n');
    expect((await describeEnding(folder, { kind: 'exited', exitCode: 1 })).lastLines).toEqual(['100%', 'done']);
  });

  it.each([
    [{ kind: 'signalled', signal: 'SIGKILL' }, 'signal', /want of memory/],
    [{ kind: 'signalled', signal: 'SIGSEGV' }, 'signal', /crashed/],
    [{ kind: 'exited', exitCode: 127 }, 'exit-code', /not found/],
    [{ kind: 'spawn-failed', message: 'bash was not found' }, 'spawn', /bash/],
    [{ kind: 'lost', message: 'The process is gone' }, 'lost', /gone/],
  ] as const)('puts %j into words, also without a log', async (end, reason, message) => {
    const folder = await attemptWith('');
    await rm(folder.path, { recursive: true });
    expect(await describeEnding(folder, end)).toMatchObject({ reason, message: expect.stringMatching(message), lastLines: [] });
  });
});
