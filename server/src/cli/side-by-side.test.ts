import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPlace, oneStep } from '../testing/place.ts';
import { runCli, startCli } from '../testing/run-cli.ts';

const waitsFor = (file: string): string => oneStep(`while ! [ -e '${file}' ]; do sleep 0.05; done`);

describe('commands that run side by side without a server', () => {
  it('share the server of whichever was first, also where all begin at once', async () => {
    const at = await createPlace();
    const ends = await Promise.all(['a', 'b', 'c'].map(async (text) => await runCli(['run', 'two.yml', '--set', `text=${text}`], at)));
    for (const end of ends) expect(end).toMatchObject({ status: 0, stderr: expect.stringContaining('completed in') });
  });

  it('go on when that one ends before them: another takes its place', async () => {
    const at = await createPlace();
    const [first, others] = [join(at.cwd, 'go-first'), join(at.cwd, 'go-others')];
    await writeFile(join(at.cwd, 'first.yml'), waitsFor(first));
    await writeFile(join(at.cwd, 'other.yml'), waitsFor(others));
    const owner = startCli(['run', 'first.yml'], at);
    await owner.says('stderr', 'only  running');
    const second = startCli(['run', 'other.yml'], at);
    await second.says('stderr', 'only  running');
    // There may be no room for its step.
    const third = startCli(['run', 'other.yml', '--force-rerun'], at);
    await third.says('stderr', 'run 3');
    await writeFile(first, '');
    expect(await owner.ended).toMatchObject({ status: 0 });
    await writeFile(others, '');
    for (const command of [second, third]) expect(await command.ended).toMatchObject({ status: 0, stderr: expect.stringContaining('completed in') });
  });
});
