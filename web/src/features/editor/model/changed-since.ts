import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** What became of a step since a run: it reads otherwise, or the run never knew it. */
export type StepChange = 'changed' | 'added';

/** Names and descriptions change no result. */
const wordsOnly = new Set(['display_name', 'description', 'tags']);

/** Compares a draft with the document that a run was pinned to; remembers what it worked out about a step. */
export function createChangeFinder(): (now: Pipeline, then: Pipeline) => ReadonlyMap<string, StepChange> {
  const forms = new WeakMap<Step, string>();
  const formOf = (step: Step): string => {
    const known = forms.get(step);
    if (known !== undefined) return known;
    const form = canonicalJson(Object.fromEntries(Object.entries(step).filter(([field]) => !wordsOnly.has(field))));
    forms.set(step, form);
    return form;
  };
  return (now, then) => {
    const changes = new Map<string, StepChange>();
    for (const [key, step] of Object.entries(now.jobs)) {
      const before = Object.hasOwn(then.jobs, key) ? then.jobs[key] : undefined;
      if (!before) changes.set(key, 'added');
      else if (before !== step && formOf(before) !== formOf(step)) changes.set(key, 'changed');
    }
    return changes;
  };
}

/** The inputs of a draft whose value is not the one that a run had: it may have been given another one in the dialog. */
export function countOtherInputs(now: Pipeline, then: Pipeline): number {
  const names = new Set([...Object.keys(now.inputs), ...Object.keys(then.inputs)]);
  return [...names].filter((name) => canonicalJson(now.inputs[name] ?? null) !== canonicalJson(then.inputs[name] ?? null)).length;
}

/** `2 steps changed since`, `1 step added, 1 changed since`, `1 other input`; empty when nothing did. */
export function describeChanges(changes: ReadonlyMap<string, StepChange>, removed: number, otherInputs = 0): string {
  const inputs = otherInputs === 0 ? '' : `${otherInputs} other ${otherInputs === 1 ? 'input' : 'inputs'}`;
  const counts = [
    { count: [...changes.values()].filter((change) => change === 'added').length, word: 'added' },
    { count: [...changes.values()].filter((change) => change === 'changed').length, word: 'changed' },
    { count: removed, word: 'removed' },
  ].filter(({ count }) => count > 0);
  const [first, ...others] = counts;
  if (!first) return inputs;
  const words = others.map(({ count, word }) => `, ${count} ${word}`).join('');
  return `${first.count} ${first.count === 1 ? 'step' : 'steps'} ${first.word}${words} since${inputs === '' ? '' : `, ${inputs}`}`;
}
