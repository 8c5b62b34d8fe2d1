import { isBetweenRounds, placeOfItem } from './loop.ts';
import { effectId, type RunEffect } from './run-effect.ts';
import { isSpared, type RunState } from './run-state.ts';

/** What a step's state asks of the world. Nothing is remembered beside the state, so the two cannot disagree. */
export function openEffects(state: RunState, key: string): RunEffect[] {
  const step = state.steps.get(key);
  if (step === undefined) return [];
  const attempt = { step: key, attempt: step.attempts };
  const stop: RunEffect[] = isSpared(state, key) && !isGivenUp(state, key) ? [] : [{ type: 'stopAttempt', ...attempt }];
  switch (step.status) {
    case 'waiting': {
      if (state.expanding.has(key)) return [{ type: 'expandItems', step: key }];
      const fingerprint = state.deciding.get(key);
      return fingerprint ? [{ type: 'decideStep', step: key, fingerprint }] : [];
    }
    case 'preparing':
      return [{ type: 'prepareStep', ...attempt }];
    case 'queued':
      return state.dispatched.has(key) ? [{ type: 'startAttempt', ...attempt }, ...stop] : [];
    case 'running':
      if (step.items !== undefined) return effectsOfLoop(state, key);
      return [{ type: 'startAttempt', ...attempt }, ...stop];
    case 'finalizing':
      return [{ type: 'collectOutputs', ...attempt }];
    case 'retrying':
      return [{ type: 'waitToRetry', ...attempt, until: step.until }];
    default:
      return [];
  }
}

/** A loop runs nothing itself; a sweep is looked after while its trials run, and between two rounds the next one is found. */
function effectsOfLoop({ loops, sweeps }: RunState, key: string): RunEffect[] {
  const loop = loops.get(key);
  if (!loop) return [];
  if (sweeps.has(key)) return [{ type: 'watchSweep', step: key }];
  return isBetweenRounds(loop) ? [{ type: 'findNextRound', step: key, after: loop.items.length }] : [];
}

function isGivenUp({ loops }: RunState, key: string): boolean {
  const place = placeOfItem(key, loops);
  return place !== null && (loops.get(place.loop)?.stopping.has(key) ?? false);
}

/** What a turn newly asks for, and what it settled, over the steps that it may have touched. */
export function compareEffects(before: RunState, after: RunState, keys: Iterable<string>): { effects: RunEffect[]; answered: string[] } {
  const effects: RunEffect[] = [];
  const answered: string[] = [];
  for (const key of keys) {
    const then = new Map(openEffects(before, key).map((effect) => [effectId(effect), effect]));
    const now = new Map(openEffects(after, key).map((effect) => [effectId(effect), effect]));
    for (const [id, effect] of now) if (!then.has(id)) effects.push(effect);
    for (const id of then.keys()) if (!now.has(id)) answered.push(id);
  }
  return { effects, answered };
}
