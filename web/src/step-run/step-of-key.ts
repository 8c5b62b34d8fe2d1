import { loopAround } from '../canvas/control-links.ts';
import { graphInside, insideOf, wayTo } from './inside.ts';
import { splitItemKey } from '@pipewright/shared/run/item-key.ts';
import type { ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';

/** The step of the graph that a key belongs to: itself, or the loop of which it is an item (`each/3`). */
export function graphStepOf(snapshot: RunSnapshot, key: string): string {
  if (Object.hasOwn(snapshot.steps, key) || Object.hasOwn(snapshot.nested ?? {}, key)) return key;
  return splitItemKey(key)?.loop ?? '';
}

/** The step of the run that a node of its graph stands for: itself, or the loop that does its work. */
export function workerOf(snapshot: RunSnapshot, key: string): string {
  const inside = insideOf(snapshot, key);
  const prefix = inside === '' ? '' : `${inside}/`;
  const loop = loopAround(key.slice(prefix.length), graphInside(snapshot, inside).content.document.jobs);
  return loop === null ? key : `${prefix}${loop}`;
}

/** What a run has to say of a key; an item is shown as its loop's step, with its number. */
export function stepOfKey(snapshot: RunSnapshot, key: string): ResolvedStep | undefined {
  const loop = graphStepOf(snapshot, key);
  const step = snapshot.steps[loop];
  if (!step || loop === key) return step;
  const { control: _loops, ...work } = step;
  return { ...work, displayName: `${step.displayName} ${key.slice(loop.length + 1)}` };
}

/** What a step is called in a list of all steps: the pipelines that it is in stand before it. */
export function titleInRun(snapshot: RunSnapshot, key: string): string {
  const own = stepOfKey(snapshot, key)?.displayName ?? snapshot.nested?.[key]?.displayName ?? key;
  return [...wayTo(snapshot, insideOf(snapshot, key)).map(({ title }) => title), own].join(' › ');
}
