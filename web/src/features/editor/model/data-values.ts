import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { parseBinding } from '@pipewright/shared/expressions/binding.ts';
import type { DataReference, PipelineInput, StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { freeName } from './pipeline-ports.ts';

/** What data is where nothing says so yet. */
interface DataKind {
  readonly type: PortType;
  /** Whether it may be of the type that is said; left out: of any. */
  readonly canBe?: (type: PortType) => boolean;
}

/** And where it lies. */
interface DataPlace extends DataKind {
  readonly path: string;
}

/** An input that takes data: of a step, or of the pipeline. */
export type DataInput = { readonly step: string; readonly input: string } | { readonly pipelineInput: string };

/** Puts data into an input. What else the document says of it stays: its mode, and its type if that is one that the data can have. */
export function giveData(document: Pipeline, to: DataInput, place: DataPlace): DraftOp {
  const given = { type: typeGiven(document, to, place), path: place.path };
  if ('pipelineInput' in to) return { op: 'pipeline.setInput', input: to.pipelineInput, value: dataInput(document.inputs[to.pipelineInput], given) };
  return { op: 'step.setInput', step: to.step, input: to.input, value: stepData(document.jobs[to.step]?.inputs[to.input], given) };
}

/** Of what type the input is once it has been given data: steps may rely on what the pipeline declares, so that stays. */
export function typeGiven(document: Pipeline, to: DataInput, { type, canBe = () => true }: DataKind): PortType {
  if ('pipelineInput' in to) return saidType(document.inputs[to.pipelineInput]) ?? type;
  const value = document.jobs[to.step]?.inputs[to.input];
  const said = isData(value) ? value.type : undefined;
  return said !== undefined && canBe(said) ? said : type;
}

/** A new input of the pipeline that holds data, called as the data is. */
export function addDataInput(document: Pipeline, called: string, { type, path }: DataPlace): { readonly ops: DraftOp[]; readonly name: string } {
  const name = freeName(called, document.inputs);
  return { name, ops: [{ op: 'pipeline.setInput', input: name, value: { type, path } }] };
}

/** A pipeline's input with data at a path; without a path as a declaration of its type. */
export function dataInput(input: PipelineInput | undefined, { type, path }: { readonly type: PortType; readonly path: string | undefined }): PipelineInput {
  const said = typeof input === 'object' && input !== null ? Object.entries(input).filter(([key]) => key !== 'default' && key !== 'path') : [];
  return { type, ...Object.fromEntries(said), ...(path === undefined ? {} : { path }) };
}

const saidType = (input: PipelineInput | undefined): PortType | undefined => (typeof input === 'object' && input !== null ? input.type : undefined);

/** A binding gives way with what it said of its mode; data keeps what is said beside its path. */
function stepData(value: StepInput | undefined, { type, path }: Pick<DataPlace, 'type' | 'path'>): DataReference {
  const { type: _before, ...said } = isData(value) ? value : { path };
  return { type, ...said, path };
}

const isData = (value: StepInput | undefined): value is DataReference => typeof value === 'object' && value !== null && parseBinding(value.path) === null;
