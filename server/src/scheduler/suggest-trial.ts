import { join } from 'node:path';
import { z } from 'zod';
import type { TrialValues } from '@pipewright/shared/sweep/sample-space.ts';
import { placeOf, valueAt } from '@pipewright/shared/sweep/sample-space.ts';
import type { Sweep } from '@pipewright/shared/sweep/sweep.ts';
import type { PreparedEnvironment } from '../environments/environment-builder.ts';
import { runTool } from '../environments/run-tool.ts';

/** A trial with what it has reached, more being better. One that ended without a result says nothing of what it tried, only that it was tried. */
export interface Trial {
  readonly values: TrialValues;
  readonly score: number | 'under-way' | 'none';
}

export type Suggestion = { readonly ok: true; readonly values: TrialValues } | { readonly ok: false; readonly message: string };

const script = join(import.meta.dirname, '..', '..', 'python', 'pipewright_suggest.py');
const Places = z.array(z.array(z.number().min(0).max(1))).min(1);

/** Whether the environment of the trials has what learning from them needs; else what is missing. */
export async function whyNoSuggestions(environment: PreparedEnvironment, signal: AbortSignal): Promise<string | null> {
  const { ok, lines } = await runTool(environment.python, [script, '--check'], { signal });
  return ok ? null : (lines.at(-1) ?? 'the program that suggests trials could not be started');
}

/** What to try next, by a program in the environment of the trials: the best of what has not been tried, as long as there is such. */
export async function suggestTrial(
  sweep: Sweep,
  trials: readonly Trial[],
  { environment, signal }: { readonly environment: PreparedEnvironment; readonly signal: AbortSignal },
): Promise<Suggestion> {
  const space = Object.entries(sweep.space);
  const asked = {
    dimensions: space.map(([, distribution]) => (distribution.type === 'choice' ? { choices: distribution.values.length } : {})),
    observed: trials.flatMap(({ values, score }) => {
      const at = space.map(([name, distribution]) => placeOf(distribution, values[name] ?? 0));
      return score === 'none' ? [] : [{ at, score: score === 'under-way' ? null : score }];
    }),
    // Another draw for each trial, whatever came of the one before.
    seed: sweep.seed + 7919 * trials.length,
  };
  const { ok, lines, stdout } = await runTool(environment.python, [script], { input: JSON.stringify(asked), signal });
  if (!ok) return { ok: false, message: lines.at(-1) ?? 'the program that suggests trials ended with an error' };
  const isTried = new Set(trials.map(({ values }) => sameText(space, values)));
  const suggested = Places.parse(JSON.parse(stdout)).map((place) =>
    Object.fromEntries(space.map(([name, distribution], index) => [name, valueAt(distribution, place[index] ?? 0.5)])),
  );
  return { ok: true, values: suggested.find((values) => !isTried.has(sameText(space, values))) ?? suggested[0] ?? {} };
}

const sameText = (space: readonly (readonly [string, unknown])[], values: TrialValues): string => JSON.stringify(space.map(([name]) => values[name]));
