import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sweep } from '@pipewright/shared/sweep/sweep.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { suggestTrial, type ObservedTrial } from './suggest-trial.ts';

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
const tried = (rate: number, kind: string, score: number | null = 1): ObservedTrial => ({ values: { rate, kind }, score });

/** What is tried next when the program finds these places, the best first. */
async function suggested(places: readonly (readonly number[])[], observed: readonly ObservedTrial[]) {
  const python = join(await tempFolder(), 'python');
  await writeFile(python, `#!/bin/sh\ncat > /dev/null\necho '${JSON.stringify(places)}'\n`);
  await chmod(python, 0o755);
  const environment = { hash: '', binFolder: '', python, variables: {}, builder: 'host', notes: [], lock: null } as const;
  return await suggestTrial(sweep, observed, { environment, signal: new AbortController().signal });
}

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
    expect(await suggested(places, [tried(1, 'b'), tried(1, 'a', null)])).toEqual({ ok: true, values: { rate: 0.5, kind: 'a' } });
  });

  it('is the best one again where all have been tried', async () => {
    expect(await suggested([[0.99, 0.9]], [tried(1, 'b')])).toEqual({ ok: true, values: { rate: 1, kind: 'b' } });
  });
});
