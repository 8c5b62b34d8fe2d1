import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPlace } from '../testing/place.ts';
import { readJson, runCli } from '../testing/run-cli.ts';

describe('pipewright doctor', () => {
  it('says what this machine can run', async () => {
    const at = await createPlace();
    const end = await runCli(['doctor'], at);
    expect(end.status).toBe(0);
    expect(end.stdout).toMatch(/^ok +Pipewright +\d/m);
    expect(end.stdout).toMatch(/^ok +Python +3\.\d+/m);
    expect(end.stdout).toMatch(/^ok +bash +\d/m);
    const { items } = readJson(await runCli(['doctor', '--json'], at)) as { items: { name: string; state: string }[] };
    expect(items.find(({ name }) => name === 'machine')).toMatchObject({ state: 'ok' });
  });

  it('says what is missing, what to do about it, and ends with 1', async () => {
    const at = await createPlace();
    await mkdir(at.home);
    await writeFile(join(at.home, 'config.yml'), 'slots: many\n');
    const end = await runCli(['doctor'], at);
    expect(end).toMatchObject({ status: 1, stdout: expect.stringMatching(/^missing +config\.yml +.*slots[^]*Mend the file/m) });
  });
});
