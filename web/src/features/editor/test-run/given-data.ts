import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { writeStepOutputUri } from '@pipewright/shared/asset/asset-reference.ts';
import type { InputDefinition } from '@pipewright/shared/component/ports.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';
import { classifyInput, type InputContent } from '@pipewright/shared/pipeline/classify-input.ts';
import type { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { stepOf } from '@pipewright/shared/pipeline/follow-binding.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { ResolvedInput } from '@pipewright/shared/run/run-snapshot.ts';
import { makerOf, type OutputInRun } from '../../../step-run/outputs-of-step.ts';
import { mayBeGiven, pathOf } from '../model/registered-data.ts';

/** What the values of a test are taken from. */
export interface GivenFrom {
  readonly document: Pipeline;
  /** The step of the draft whose component is tried; null: it has none yet. */
  readonly step: string | null;
  /** The output that the step is to be wired to. */
  readonly wire: OutputInRun | null;
  /** The earlier run. */
  readonly run: Run | null;
  readonly assets: readonly Asset[];
}

/** Data that an input may be given. */
export interface DataChoice {
  readonly path: string;
  readonly label: string;
  readonly group: string;
  /** It stands in the step already: in the run, or in the draft. */
  readonly isOwn?: true;
}

interface Input {
  /** As it is called in the draft, if it is there. */
  readonly name: string;
  readonly definition: InputDefinition;
}

/** Everything that the input may be given, the likeliest first: what the step read in that run, what it is wired to, what has its type. */
export function dataChoices(from: GivenFrom, input: Input): DataChoice[] {
  const own = ownData(from, input).map((choice): DataChoice => ({ ...choice, isOwn: true }));
  const found = [...own, ...outputsThatFit(from, input), ...registered(from, input)];
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}

/** What stands in the step itself: in the run, then in the draft. */
function ownData(from: GivenFrom, { name }: Input): DataChoice[] {
  const { run, step, document, wire } = from;
  const inRun = run && step !== null ? run.snapshot.steps[step]?.inputs[name] : undefined;
  const content = contentIn(from, name);
  const wired = content.kind === 'binding' && content.binding.source === 'step-output' ? { step: content.binding.step, port: content.binding.name } : wire;
  const isFed = content.kind === 'binding' && content.binding.source === 'pipeline-input';
  const ofPipeline = isFed && content.binding.source === 'pipeline-input' ? pipelineInputValue(document.inputs[content.binding.name]).value : null;
  return [
    ...(run && inRun ? readInRun(run, inRun) : []),
    ...(run && wired ? outputOf(run, wired) : []),
    ...(content.kind === 'data' ? [{ path: content.reference.path, label: content.reference.path, group: 'In the draft' }] : []),
    ...(ofPipeline?.kind === 'data' ? [{ path: ofPipeline.reference.path, label: ofPipeline.reference.path, group: 'In the draft' }] : []),
  ];
}

function contentIn({ document, step }: GivenFrom, name: string): InputContent {
  return classifyInput(step === null ? undefined : stepOf(document, step)?.inputs[name]);
}

function readInRun(run: Run, input: ResolvedInput): DataChoice[] {
  if (input.kind === 'output') return outputOf(run, { step: input.step, port: input.output });
  if (input.kind !== 'data') return [];
  const { asset, path } = input;
  return asset
    ? [{ path: pathOf(asset, input.type), label: `${asset.name}, version ${asset.version}`, group: `In run ${run.id}` }]
    : [{ path, label: path, group: `In run ${run.id}` }];
}

/** An output of the run, if it came to be. */
function outputOf(run: Run, asked: OutputInRun): DataChoice[] {
  const { step, port } = makerOf(run.snapshot, asked);
  const row = run.steps.find(({ key }) => key === step);
  if (!row || !('outputs' in row) || !Object.hasOwn(row.outputs, port)) return [];
  const title = run.snapshot.steps[step]?.displayName ?? step;
  return [{ path: writeStepOutputUri({ run: run.id, step, output: port }), label: `${port} of ${title}`, group: `In run ${run.id}` }];
}

/** Those of the very type before those that only fit it. */
function outputsThatFit({ run }: GivenFrom, { definition }: Input): DataChoice[] {
  const outputs = (run?.steps ?? []).flatMap((row) =>
    'outputs' in row ? Object.entries(row.outputs).map(([port, { type }]) => ({ step: row.key, port, type })) : [],
  );
  const fitting = outputs.filter(
    ({ type }) => !isScalarType(type) && whyNotConnect({ type }, { ...definition['x-pipewright'], type: definition.type, kind: undefined }) === null,
  );
  const isSame = ({ type }: (typeof outputs)[number]): number => (type === definition.type ? 0 : 1);
  return fitting.toSorted((a, b) => isSame(a) - isSame(b)).flatMap((output) => (run ? outputOf(run, output) : []));
}

function registered({ assets }: GivenFrom, { definition: { type, 'x-pipewright': extension } }: Input): DataChoice[] {
  return assets
    .filter((asset) => mayBeGiven(asset, { type, accepts: extension?.accepts }))
    .map((asset) => ({
      path: pathOf(asset, type),
      label: `${asset.name}, version ${asset.version}`,
      group: asset.kind === 'model' ? 'Registered models' : 'Registered data',
    }));
}

/** The text of a parameter to begin with: what it was in the run, what the draft says, else its default. */
export function firstText(from: GivenFrom, { name, definition }: Input): string {
  const { run, step } = from;
  const inRun = run && step !== null ? run.snapshot.steps[step]?.inputs[name] : undefined;
  const content = contentIn(from, name);
  const value = inRun?.kind === 'literal' ? inRun.value : (valueInRun(run, inRun) ?? (content.kind === 'literal' ? content.value : definition['default']));
  return value === undefined || value === null ? '' : String(value);
}

/** A value that another step had put out. */
function valueInRun(run: Run | null, input: ResolvedInput | undefined) {
  if (input?.kind !== 'output') return undefined;
  const row = run?.steps.find(({ key }) => key === input.step);
  return row && 'outputs' in row ? row.outputs[input.output]?.value : undefined;
}

/** Data as a step is given it. */
export const asData = (path: string, { type }: InputDefinition): StepInput => ({ type, path });
