import { parseBinding } from '../../expressions/binding.ts';
import { bindingsIn } from '../../expressions/binding.ts';
import { pipelineInputValue } from '../../pipeline/pipeline-input-value.ts';
import { findCycle } from '../find-cycle.ts';
import type { Problem } from '../problem.ts';
import { didYouMean } from '../suggest-name.ts';
import { stepTitle, type PipelineScope } from './step-scope.ts';

/** Names that Azure refuses, because they are variables of every shell. */
const reserved = new Set(['path', 'ld_library_path', 'user', 'logname', 'home', 'pwd', 'shell']);

/** What is wrong with the pipeline as a whole. */
export function checkPipelineLevel(scope: PipelineScope): Problem[] {
  return [...checkSteps(scope), ...checkCycle(scope), ...checkPipelineInputs(scope), ...checkStepOutputs(scope), ...checkNames(scope)];
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

/** A pipeline input without a value that a step reads has to be given when it is run. */
function checkPipelineInputs({ document }: PipelineScope): Problem[] {
  const used = new Set<string>();
  for (const step of Object.values(document.jobs)) {
    for (const value of Object.values(step.inputs)) {
      const text = typeof value === 'object' ? value?.path : value;
      if (typeof text !== 'string') continue;
      for (const { binding } of bindingsIn(text)) if (binding?.source === 'pipeline-input') used.add(binding.name);
    }
  }
  return Object.entries(document.inputs).flatMap(([name, input]): Problem[] => {
    const { value, isOptional } = pipelineInputValue(input);
    if (value !== null || isOptional || !used.has(name)) return [];
    const message = `The pipeline input ${name} has no value. Give it one here, or with --set ${name}=…`;
    return [{ severity: 'error', code: 'missing-pipeline-input', message, port: name, path: ['inputs', name] }];
  });
}

function checkStepOutputs(scope: PipelineScope): Problem[] {
  const { document } = scope;
  return Object.entries(document.jobs).flatMap(([key, step]) =>
    Object.entries(step.outputs).flatMap(([name, output]): Problem[] => {
      const ports = scope.interfaceOf(key);
      const base = { severity: 'error' as const, step: key, port: name, path: ['jobs', key, 'outputs', name] };
      if (ports && !Object.hasOwn(ports.outputs, name)) {
        const message = `${stepTitle(key, step)} has no output ${name}.${didYouMean(name, Object.keys(ports.outputs))}`;
        return [{ ...base, code: 'unknown-output', message }];
      }
      if (typeof output !== 'string') return [];
      const binding = parseBinding(output);
      if (binding?.source !== 'pipeline-output') {
        const message = `Output ${name} of ${stepTitle(key, step)} can only be bound to a pipeline output, as \${{parent.outputs.NAME}}.`;
        return [{ ...base, code: 'invalid-expression', message }];
      }
      if (Object.hasOwn(document.outputs, binding.name)) return [];
      const hint = didYouMean(binding.name, Object.keys(document.outputs));
      const message = `Output ${name} of ${stepTitle(key, step)} goes to the pipeline output ${binding.name}, which does not exist.${hint}`;
      return [{ ...base, code: 'unknown-pipeline-output', message }];
    }),
  );
}

function checkNames({ document }: PipelineScope): Problem[] {
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.keys(document[side])
      .filter((name) => reserved.has(name.toLowerCase()))
      .map((name): Problem => ({
        severity: 'error',
        code: 'reserved-name',
        message: `"${name}" cannot be the name of an ${side === 'inputs' ? 'input' : 'output'}: it is a variable of every shell.`,
        port: name,
        path: [side, name],
      })),
  );
}
