import { StepInput, type PipelineOutput } from '../pipeline/input-value.ts';
import type { Step } from '../pipeline/step.ts';
import { formatBinding } from '../expressions/binding.ts';
import { renameSource } from '../pipeline/rename-source.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { dependenciesOf, type ForEach } from '../pipeline/step-control.ts';
import { controlKindOf, itemsOfLoop, roundsOf, stepsIn } from './control-steps.ts';

/**
 * The pipeline as it runs: what Azure says with `if_else`, `parallel_for` and `do_while`, said with `when`, `for_each` and `repeat`. A branch becomes a
 * step that takes the condition and puts out what it is; a loop does the work of its body, which is no step of its own.
 * The same object where there are none; a document that the rules refuse is not brought here.
 */
export function translateControlSteps(document: Pipeline): Pipeline {
  const controls = Object.entries(document.jobs).filter(([, step]) => controlKindOf(step) !== null);
  if (controls.length === 0) return document;
  const loopOf = new Map(controls.flatMap(([key, step]) => stepsIn(step, 'body').map((body): [string, string] => [body, key])));
  const jobs: Record<string, Step> = {};
  for (const [key, step] of Object.entries(document.jobs)) {
    const [body] = stepsIn(step, 'body');
    if (step.type === 'if_else') jobs[key] = branchStep(step);
    else if (body !== undefined) jobs[key] = loopStep(step, document.jobs[body]);
    else if (!loopOf.has(key)) jobs[key] = step;
  }
  for (const [key, step] of controls) {
    if (step.type !== 'if_else') continue;
    for (const [field, isTrue] of [
      ['true_block', true],
      ['false_block', false],
    ] as const) {
      for (const block of stepsIn(step, field)) {
        const meant = loopOf.get(block) ?? block;
        if (jobs[meant]) jobs[meant] = withCondition(jobs[meant], `${formatBinding({ source: 'step-output', step: key, name: branchOutput })} == ${isTrue}`);
      }
    }
  }
  const renamed = Object.entries(jobs).map(([key, step]): [string, Step] => [
    key,
    [...loopOf].reduce((next, [body, loop]) => renameSource(next, body, loop), step),
  ]);
  return { ...document, jobs: Object.fromEntries(renamed) };
}

const branchOutput = 'result';

function branchStep({ display_name, description, depends_on, when, condition, tags }: Step): Step {
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(display_name === undefined ? {} : { display_name }),
    ...(description === undefined ? {} : { description }),
    ...(depends_on === undefined ? {} : { depends_on }),
    ...(when === undefined ? {} : { when }),
    component: {
      type: 'command',
      command: `echo \${{inputs.condition}} | tee \${{outputs.${branchOutput}}}`,
      inputs: { condition: { type: 'boolean' } },
      outputs: { [branchOutput]: { type: 'boolean' } },
    },
    inputs: { condition: StepInput.parse(condition ?? null) },
    outputs: {},
  };
}

/** What the body does, again and again; where both say something, the loop counts. */
function loopStep(loop: Step, body: Step | undefined): Step {
  const { display_name, depends_on: _order, when: _condition, ...work } = body ?? { inputs: {}, outputs: {} };
  const after = [...new Set([...dependenciesOf(body ?? {}), ...dependenciesOf(loop)])];
  const conditions = [body?.when, loop.when].filter((when) => when !== undefined);
  const step: Step = {
    ...work,
    display_name: loop.display_name ?? display_name,
    outputs: { ...work.outputs, ...Object.fromEntries(Object.entries(loop.outputs).map(([name, output]) => [name, withoutType(output)])) },
    ...howOften(loop),
    ...(loop.tags === undefined ? {} : { tags: { ...work.tags, ...loop.tags } }),
    ...(after.length === 0 ? {} : { depends_on: after }),
  };
  return conditions.reduce<Step>((next, when) => withCondition(next, String(when)), step);
}

function howOften(loop: Step): Pick<Step, 'for_each' | 'repeat'> {
  if (loop.type === 'do_while') {
    const read = roundsOf(loop);
    return read.ok ? { repeat: read.rounds } : {};
  }
  const limit = loop['max_concurrency'];
  const items: ForEach['items'] = [...(itemsOfLoop(loop['items']) ?? [])];
  return {
    for_each: {
      items: itemsOfLoop(loop['items']) === null ? String(loop['items']) : items,
      by_name: true,
      ...(typeof limit === 'number' ? { max_parallel: limit } : {}),
    },
  };
}

/** What a loop says of the type of its output is that of all items together: here always a folder, or the text of a list. */
function withoutType(output: PipelineOutput): PipelineOutput {
  if (output === null || typeof output === 'string') return output;
  const { type: _ofAll, ...rest } = output;
  return rest;
}

const withCondition = (step: Step, condition: string): Step => ({ ...step, when: step.when === undefined ? condition : `(${step.when}) and ${condition}` });
