import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPlace } from '../testing/place.ts';
import { readJson, runCli } from '../testing/run-cli.ts';

describe('pipewright plan', () => {
  it('says what would run and why, and leaves no trace', async () => {
    const at = await createPlace();
    const end = await runCli(['plan', 'two.yml', '--json'], at);
    expect(end).toMatchObject({ status: 0, stderr: '' });
    expect(readJson(end)).toEqual({
      steps: [
        { key: 'make', decision: 'run', reasons: [expect.objectContaining({ code: 'never-ran' })], donor: null },
        { key: 'copy', decision: expect.stringMatching(/^run/), reasons: [expect.anything()], donor: null },
      ],
    });
    expect(existsSync(at.home)).toBe(false);
  });

  it('plans by what earlier runs have left', async () => {
    const at = await createPlace();
    await runCli(['run', 'two.yml'], at);
    const { steps } = readJson(await runCli(['plan', 'two.yml', '--set', 'file=two.yml', '--json'], at));
    expect(steps).toMatchObject([
      { key: 'make', decision: 'reuse', donor: { run: '1', step: 'make' } },
      { key: 'copy', decision: 'run', reasons: [{ code: 'data-changed' }] },
    ]);
  });
});
