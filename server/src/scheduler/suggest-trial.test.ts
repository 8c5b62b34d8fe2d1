import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Sweep } from '@pipewright/shared/sweep/sweep.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { suggestTrial, type Trial } from './suggest-trial.ts';

const sweep: Sweep = {
  space: { rate: { type: 'quniform', min_value: 0, max_value: 1, q: 0.5 }, kind: { type: 'choice', values: ['a', 'b'] } },
  algorithm: 'bayesian',
  seed: 1,
  metric: 'score',
  goal: 'maximize',
  maxTotal: 10,
  maxConcurrent: null,
  timeoutMs: null,
  earlyTermination: null,
};
const tried = (rate: number, kind: string, score: Trial['score'] = 1): Trial => ({ values: { rate, kind }, score });

/** What is tried next when the program finds these places, the best first, and what it was asked. */
async function asking(places: readonly (readonly number[])[], trials: readonly Trial[]) {
  const folder = await tempFolder();
  const python = join(folder, 'python');
  await writeFile(python, `#!/bin/sh\ncat > ${folder}/asked\necho '${JSON.stringify(places)}'\n`);
  await chmod(python, 0o755);
  const environment = { hash: '', binFolder: '', python, variables: {}, builder: 'host', notes: [], lock: null } as const;
  const suggestion = await suggestTrial(sweep, trials, { environment, signal: new AbortController().signal });
  const asked = z.object({ observed: z.array(z.unknown()), seed: z.number() }).parse(JSON.parse(await readFile(join(folder, 'asked'), 'utf8')));
  return { suggestion, asked };
}

const suggested = async (...asked: Parameters<typeof asking>) => (await asking(...asked)).suggestion;

describe('what a sweep tries next', () => {
  it('is the best place whose values have not been tried', async () => {
    const places = [
      [0.99, 0.9],
      [0.9, 0.8],
      [0.95, 0.2],
      [0.5, 0.2],
    ];
    expect(await suggested(places, [])).toEqual({ ok: true, values: { rate: 1, kind: 'b' } });
    expect(await suggested(places, [tried(1, 'b'), tried(0, 'a')])).toEqual({ ok: true, values: { rate: 1, kind: 'a' } });
    expect(await suggested(places, [tried(1, 'b'), tried(1, 'a', 'under-way')])).toEqual({ ok: true, values: { rate: 0.5, kind: 'a' } });
  });

  it('is not what ended without a result, and is drawn anew after it', async () => {
    const places = [
      [0.9, 0.8],
      [0.5, 0.2],
    ];
    const [before, after] = [await asking(places, [tried(0, 'a')]), await asking(places, [tried(0, 'a'), tried(1, 'b', 'none')])];
    expect(before.suggestion).toEqual({ ok: true, values: { rate: 1, kind: 'b' } });
    expect(after.suggestion).toEqual({ ok: true, values: { rate: 0.5, kind: 'a' } });
    // It says nothing of what it tried.
    expect(after.asked.observed).toEqual(before.asked.observed);
    expect(after.asked.seed).not.toBe(before.asked.seed);
  });

  it('is the best one again where all have been tried', async () => {
    expect(await suggested([[0.99, 0.9]], [tried(1, 'b')])).toEqual({ ok: true, values: { rate: 1, kind: 'b' } });
  });
});
