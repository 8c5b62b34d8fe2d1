import { bindingsIn } from '../../expressions/binding.ts';
import { pipelineInputValue } from '../../pipeline/pipeline-input-value.ts';
import { findCycle } from '../find-cycle.ts';
import type { Problem } from '../problem.ts';
import { hintText, type PipelineScope } from './step-scope.ts';
import { whyNotAName } from './why-not-a-name.ts';

/** Keys without effect on this machine: kept, written back, and said. */
const keptOnly = ['identity', 'services', 'schedule', 'properties'];
const keptOnlySettings = ['default_datastore', 'on_init'];

/** What is wrong with the pipeline as a whole, rule by rule. */
export function* checkPipelineLevel(scope: PipelineScope): Generator<readonly Problem[]> {
  for (const check of [checkSteps, checkCycle, checkFinalStep, checkPipelineInputs, checkNames, noteKeptKeys]) yield check(scope);
}

function checkSteps({ document }: PipelineScope): Problem[] {
  if (Object.keys(document.jobs).length > 0) return [];
  return [{ severity: 'error', code: 'no-steps', message: 'The pipeline has no steps yet. Add one from the palette.', path: ['jobs'] }];
}

function checkCycle({ document }: PipelineScope): Problem[] {
  const cycle = findCycle(document);
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return [];
  const names = [...cycle, first].map((key) => document.jobs[key]?.display_name ?? key);
  const message = `These steps wait for each other in a circle: ${names.join(' → ')}. Remove one of the connections.`;
  return [{ severity: 'error', code: 'cycle', message, step: first, path: ['jobs', first] }];
}

function checkFinalStep(scope: PipelineScope): Problem[] {
  const { document } = scope;
  const { on_finalize: last } = document.settings;
  if (last === undefined) return [];
  const path = ['settings', 'on_finalize'];
  if (scope.interfaceOf(last)?.type === 'pipeline') {
    return [
      { severity: 'error', code: 'nested-pipeline', message: `${last} is to run last and is a pipeline: the last step is a single one.`, step: last, path },
    ];
  }
  if (Object.hasOwn(document.jobs, last)) return [];
  const message = `${last} is to run last, but there is no such step.${hintText(scope.suggest(last, document.jobs))}`;
  const fix = { text: 'No last step', ops: [{ op: 'pipeline.setSettings' as const, field: 'on_finalize' }] };
  return [{ severity: 'error', code: 'unknown-step', message, path, fix }];
}

/** A pipeline input without a value that a step reads has to be given when it is run. */
function checkPipelineInputs({ document }: PipelineScope): Problem[] {
  const used = new Set<string>();
  for (const step of Object.values(document.jobs)) {
    for (const value of Object.values(step.inputs)) {
      const text = typeof value === 'object' ? value?.path : value;
      if (typeof text === 'string') addInputsIn(text, used);
    }
    if (typeof step.when === 'string') addInputsIn(step.when, used);
    if (typeof step.for_each?.items === 'string') addInputsIn(step.for_each.items, used);
  }
  return Object.entries(document.inputs).flatMap(([name, input]): Problem[] => {
    const { value, isOptional } = pipelineInputValue(input);
    if (value !== null || isOptional || !used.has(name)) return [];
    const message = `The pipeline input ${name} has no value. Give it one here, or with --set ${name}=…`;
    return [{ severity: 'error', code: 'missing-pipeline-input', message, port: name, path: ['inputs', name] }];
  });
}

function addInputsIn(text: string, used: Set<string>): void {
  for (const { binding } of bindingsIn(text)) if (binding?.source === 'pipeline-input') used.add(binding.name);
}

function checkNames({ document }: PipelineScope): Problem[] {
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.keys(document[side]).flatMap((name): Problem[] => {
      const wrong = whyNotAName(name, side);
      return wrong ? [{ severity: 'error', ...wrong, port: name, path: [side, name] }] : [];
    }),
  );
}

function noteKeptKeys({ document }: PipelineScope): Problem[] {
  const note = (name: string, path: string[]): Problem => ({
    severity: 'note',
    code: 'kept-only',
    message: `${name} of the pipeline is kept in the file and has no effect on this machine.`,
    path,
  });
  const top = keptOnly.filter((name) => document[name] !== undefined).map((name) => note(name, [name]));
  const settings = keptOnlySettings.filter((name) => document.settings[name] !== undefined).map((name) => note(`settings.${name}`, ['settings', name]));
  return [...top, ...settings];
}
