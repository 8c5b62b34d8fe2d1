import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { filledOutput } from '@pipewright/shared/pipeline/filled-output.ts';
import type { StepOutput } from '@pipewright/shared/pipeline/input-value.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';

interface StepPort {
  readonly step: string;
  readonly port: string;
}

interface NameAndVersion {
  /** Empty: none. */
  readonly name: string;
  readonly version: string;
}

/** Under which name an output is registered: it says so itself, or the pipeline output that it fills. */
export function nameOfOutput(document: Pipeline, at: StepPort): NameAndVersion {
  const { value } = placeOf(document, at);
  return typeof value === 'object' && value !== null ? { name: value.name ?? '', version: value.version ?? '' } : { name: '', version: '' };
}

/** The edit that gives it another one, where it is said. */
export function nameOutput(document: Pipeline, at: StepPort, { name, version }: NameAndVersion): DraftOp {
  const { pipelineOutput, value } = placeOf(document, at);
  const { name: _name, version: _version, ...rest } = typeof value === 'object' && value !== null ? value : {};
  const next = { ...rest, ...(name === '' ? {} : { name, ...(version === '' ? {} : { version }) }) };
  const said = Object.keys(next).length === 0 ? null : next;
  if (pipelineOutput !== null) return { op: 'pipeline.setOutput', output: pipelineOutput, value: said };
  return { op: 'step.setOutput', step: at.step, output: at.port, value: said };
}

function placeOf(document: Pipeline, { step, port }: StepPort): { readonly pipelineOutput: string | null; readonly value: StepOutput | undefined } {
  const value = document.jobs[step]?.outputs[port];
  const filled = filledOutput(value);
  const isNamedHere = typeof value === 'object' && value?.name !== undefined;
  return filled === null || isNamedHere ? { pipelineOutput: null, value } : { pipelineOutput: filled, value: document.outputs[filled] };
}
