import type { Component } from '@pipewright/shared/component/component.ts';
import { isDataType, PortType } from '@pipewright/shared/component/port-type.ts';
import { parseBinding } from '@pipewright/shared/expressions/binding.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { normalizeEnvironment } from '../environments/normalize-environment.ts';
import type { FoundComponents } from './find-components.ts';
import { resolveCode } from './resolve-code.ts';
import { resolveControl } from './resolve-control.ts';
import { resolveInputs } from './resolve-inputs.ts';
import type { ResolveParts } from './resolve-run.ts';

export interface StepToResolve {
  readonly document: Pipeline;
  readonly key: string;
  readonly found: FoundComponents;
  readonly folder: string | null;
}

/** Where a component's own paths are relative to, and the file that says so. */
export interface ComponentPlace {
  readonly component: Component;
  readonly folder: string | null;
  readonly definition: string | null;
}

/** Pins one step; without a step there are errors. */
export async function resolveStep(
  parts: ResolveParts,
  subject: StepToResolve,
): Promise<{ readonly step: ResolvedStep | null; readonly problems: readonly Problem[] }> {
  const { document, key } = subject;
  const step = document.jobs[key];
  if (!step) throw new Error(`Internal error: expected step ${key}`);
  const place = placeOf(subject, step);
  const [inputs, code, environment] = [
    await resolveInputs(parts.artifacts, subject, place.component),
    await resolveCode(parts.artifacts, key, place),
    await resolveEnvironment(parts, subject, { step, place }),
  ];
  const { control, ...said } = resolveControl(subject, step, parts.machine);
  const problems = [...inputs.problems, ...code.problems, ...environment.problems, ...said.problems];
  if (problems.some(({ severity }) => severity === 'error')) return { step: null, problems };
  const { compute, note } = resolveCompute(document, step);
  const resolved: ResolvedStep = {
    displayName: step.display_name ?? place.component.display_name ?? key,
    componentReference: typeof step.component === 'string' ? step.component : null,
    component: place.component,
    code: code.snapshot,
    environment: environment.definition,
    environmentVariables: step.environment_variables ?? {},
    compute,
    isDeterministic: step.is_deterministic ?? place.component.is_deterministic ?? true,
    inputs: inputs.inputs,
    outputs: outputTypes(document, step, place.component),
    notes: [...environment.notes, ...note, ...said.notes],
    ...(control ? { control } : {}),
  };
  return { step: resolved, problems };
}

function placeOf({ document, key, found, folder }: StepToResolve, step: Step): ComponentPlace {
  if (typeof step.component === 'string') {
    const source = found.sources.get(step.component);
    if (!source) throw new Error(`Internal error: expected the validator to refuse ${step.component}`);
    return { component: source.component, folder: source.folder, definition: source.definition };
  }
  if (step.component) return { component: step.component, folder, definition: null };
  const ports = interfaceOf(key, document, found.lookup);
  if (!ports || step.command === undefined) throw new Error(`Internal error: expected the validator to refuse ${key}`);
  const { code, additional_includes, environment } = step;
  const component: Component = {
    type: 'command',
    command: step.command,
    inputs: ports.inputs,
    outputs: ports.outputs,
    ...(code ? { code } : {}),
    ...(additional_includes ? { additional_includes } : {}),
    ...(environment === undefined ? {} : { environment }),
    'x-pipewright': ports['x-pipewright'],
  };
  return { component, folder, definition: null };
}

async function resolveEnvironment(
  parts: ResolveParts,
  { key, folder }: StepToResolve,
  { step, place }: { readonly step: Step; readonly place: ComponentPlace },
): Promise<{ definition: ResolvedStep['environment']; notes: string[]; problems: Problem[] }> {
  const own = step.component === undefined ? undefined : step.environment;
  const reference = own ?? place.component.environment;
  if (reference === undefined) return { definition: null, notes: [], problems: [] };
  const from = own === undefined ? place.folder : folder;
  const found = await parts.environmentRegistry.find(reference, from);
  const located = found.problems.map((problem) => ({ ...problem, step: key, path: ['jobs', key, 'environment'] }));
  if (found.environment === null) return { definition: null, notes: located.filter(isNote).map(({ message }) => message), problems: located };
  const normalized = await normalizeEnvironment(found.environment, found.folder);
  if ('problem' in normalized)
    return { definition: null, notes: [], problems: [...located, { ...normalized.problem, step: key, path: ['jobs', key, 'environment'] }] };
  return { definition: normalized.definition, notes: [...located.filter(isNote).map(({ message }) => message), ...normalized.notes], problems: located };
}

const isNote = ({ severity }: Problem): boolean => severity === 'note';

/** Every unknown compute is `local`, with a note. */
function resolveCompute(document: Pipeline, step: Step): { compute: string; note: string[] } {
  const wanted = step.compute ?? document.settings.default_compute ?? document.compute ?? 'local';
  const name = wanted.replace(/^azureml:/, '');
  return name === 'local' || name === 'serverless' ? { compute: 'local', note: [] } : { compute: 'local', note: [`Compute ${name} is this machine here.`] };
}

/** The type comes from the step, else the component, else the pipeline output that it fills, else `uri_folder`. */
function outputTypes(document: Pipeline, step: Step, component: Component): ResolvedStep['outputs'] {
  return Object.fromEntries(
    Object.entries(component.outputs).map(([name, definition]) => {
      const said = step.outputs[name];
      const own = typeof said === 'object' ? said?.type : undefined;
      const isDeclared = step.component !== undefined || own !== undefined;
      const fromPipeline = typeof said === 'string' ? pipelineOutputType(document, said) : undefined;
      return [name, { type: own ?? (isDeclared ? definition.type : (fromPipeline ?? definition.type)) }];
    }),
  );
}

function pipelineOutputType(document: Pipeline, text: string): PortType | undefined {
  const binding = parseBinding(text);
  const output = binding?.source === 'pipeline-output' ? document.outputs[binding.name] : undefined;
  const parsed = PortType.safeParse(typeof output === 'object' ? output?.type : undefined);
  return parsed.success && isDataType(parsed.data) ? parsed.data : undefined;
}
