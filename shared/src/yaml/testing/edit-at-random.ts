import type { DraftContent, DraftOp } from '../../draft/draft-op.ts';
import { removeSteps } from '../../draft/compound-ops.ts';
import { makeStepKey } from '../../pipeline/make-step-key.ts';
import type { Json } from '../../json.ts';
import type { Choices } from './choices.ts';

type Fields = Record<string, string | number>;

const value = (choices: Choices): string | number | boolean =>
  choices.pick<string | number | boolean>('new', 7, true, '7', 'a: b # c', "it's", 'a, b}', 'one\ntwo\n', '', '${{parent.jobs.prep.outputs.output}}');

/** What somebody does on the canvas or in the inspector. */
export function editAtRandom(content: DraftContent, choices: Choices): DraftOp[] {
  const { document } = content;
  const [first = '', ...others] = Object.keys(document.jobs);
  const step = choices.pick(first, ...others);
  const fields = document.jobs[step] ?? { inputs: {}, outputs: {} };
  const input = choices.pick('rate', 'added', ...Object.keys(fields.inputs));
  const removed = choices.chance(3);
  return choices.pick<() => DraftOp[]>(
    () => [{ op: 'step.setInput', step, input, ...(removed ? {} : { value: value(choices) }) }],
    () => [
      {
        op: 'step.setOutput',
        step,
        output: choices.pick('output', 'added'),
        ...(removed ? {} : { value: choices.pick<null | string | { mode: string }>(null, '${{parent.outputs.x}}', { mode: 'upload' }) }),
      },
    ],
    () => [{ op: 'step.setField', step, field: choices.pick('description', 'display_name', 'compute'), ...(removed ? {} : { value: String(value(choices)) }) }],
    () => [{ op: 'step.setField', step, field: choices.pick('limits', 'odd_key'), ...(removed ? {} : { value: { timeout: 5, b: [1] } }) }],
    () => [
      {
        op: 'step.setField',
        step,
        field: 'environment_variables',
        ...(removed ? {} : { value: choices.pick<Fields>({ RUN: '1' }, { LEVEL: 'info' }, { LEVEL: 'debug', RUN: '1' }) }),
      },
    ],
    () => [{ op: 'step.setField', step, field: 'tags', ...(removed ? {} : { value: { no: value(choices), stage: 3 } }) }],
    () => [
      {
        op: 'pipeline.setMeta',
        field: choices.pick('future_key', 'tags'),
        ...(removed ? {} : { value: choices.pick<Fields>({}, { owner: 5, stage: 'dev' }) }),
      },
    ],
    () => [{ op: 'step.setField', step, field: 'odd_key', value: choices.pick<Json>(null, {}, [], { deep: null }) }],
    () => [{ op: 'step.rename', step, to: makeStepKey('renamed', document.jobs) }],
    () => [{ op: 'step.add', step: makeStepKey('added', document.jobs), value: { command: 'a\nb', inputs: {}, outputs: {} }, position: { x: 1, y: 2 } }],
    () => removeSteps(content, new Set([step])),
    () => [{ op: 'pipeline.setSettings', field: 'force_rerun', ...(removed ? {} : { value: choices.chance(2) }) }],
    () => [{ op: 'pipeline.setMeta', field: choices.pick('description', 'display_name'), ...(removed ? {} : { value: String(value(choices)) }) }],
    () => [{ op: 'pipeline.setInput', input: choices.pick('seed', 'added'), ...(removed ? {} : { value: value(choices) }) }],
    () => [{ op: 'layout.move', step, ...(removed ? {} : { to: { x: choices.below(90), y: 5 } }) }],
  )();
}
