import type { ResolvedControl, ResolvedInput, ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';

export interface StepShape {
  /** Steps whose `data` output this one must read. */
  readonly after?: readonly string[];
  /** Steps whose `data` output it reads if there is one. */
  readonly maybeAfter?: readonly string[];
  readonly params?: Readonly<Record<string, string | number | boolean>>;
  readonly command?: string;
  readonly isDeterministic?: boolean;
  readonly control?: Partial<ResolvedControl>;
}

/** A snapshot of a run from the shape of its graph; steps in topological order, each with one output named `data`. */
export function snapshotOf(shapes: Readonly<Record<string, StepShape>>, settings: Partial<RunSnapshot> = {}): RunSnapshot {
  return {
    document: { type: 'pipeline', inputs: {}, outputs: {}, settings: {}, jobs: {} },
    layout: { steps: {}, notes: {}, groups: {} },
    components: {},
    steps: Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [key, stepOf(key, shape)])),
    outputs: {},
    folder: null,
    force: false,
    continueOnStepFailure: true,
    maxParallel: null,
    ...settings,
  };
}

function stepOf(key: string, shape: StepShape): ResolvedStep {
  const command = shape.command ?? `run ${key}`;
  const inputs: Record<string, ResolvedInput> = {};
  for (const [name, value] of Object.entries(shape.params ?? {})) inputs[name] = { kind: 'literal', type: 'string', value };
  const read = (step: string, isOptional: boolean): void => {
    inputs[`from_${step}`] = { kind: 'output', type: 'uri_folder', step, output: 'data', isOptional };
  };
  for (const step of shape.after ?? []) read(step, false);
  for (const step of shape.maybeAfter ?? []) read(step, true);
  return {
    displayName: key,
    componentReference: null,
    component: { type: 'command', command, inputs: {}, outputs: { data: { type: 'uri_folder' } } },
    code: null,
    environment: null,
    environmentVariables: {},
    compute: 'local',
    isDeterministic: shape.isDeterministic ?? true,
    inputs,
    outputs: { data: { type: 'uri_folder' } },
    notes: [],
    ...(shape.control ? { control: { ...plainControl, ...shape.control } } : {}),
  };
}

const plainControl: ResolvedControl = { retry: null, timeoutMs: null, after: [], when: null, reuse: 'auto', resources: null, forEach: null, standIn: null };
