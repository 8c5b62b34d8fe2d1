import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import { type DataType, isDataType } from '@pipewright/shared/component/port-type.ts';
import type { DataReference } from '@pipewright/shared/pipeline/input-value.ts';
import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import { followBinding } from '@pipewright/shared/pipeline/follow-binding.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';

/** A table with the columns that an input will get: what a step put out, or data where it lies. */
export type ColumnOrigin =
  | { readonly kind: 'output'; readonly step: string; readonly port: string }
  | { readonly kind: 'data'; readonly path: string; readonly type: DataType | undefined };

interface Graph {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

/**
 * Where the columns of an input can be seen, the nearest first. What feeds it is the best witness once it has run; until
 * then so is what comes before it, past steps that say that they keep the columns of an input (`columns_of`).
 */
export function columnOrigins(graph: Graph, step: string, input: string): ColumnOrigin[] {
  const origins: ColumnOrigin[] = [];
  const seen = new Set<string>();
  let at: { readonly step: string; readonly input: string } | null = { step, input };
  while (at && !seen.has(`${at.step} ${at.input}`)) {
    seen.add(`${at.step} ${at.input}`);
    at = stepUp(graph, at, origins);
  }
  return origins;
}

function stepUp({ document, components }: Graph, at: { readonly step: string; readonly input: string }, origins: ColumnOrigin[]) {
  const content = classifyInput(document.jobs[at.step]?.inputs[at.input]);
  const give = ({ path, type }: Pick<DataReference, 'path' | 'type'>): null => {
    origins.push({ kind: 'data', path, type: type !== undefined && isDataType(type) ? type : undefined });
    return null;
  };
  if (content.kind === 'data') return give(content.reference);
  if (content.kind === 'literal') return typeof content.value === 'string' ? give({ path: content.value, type: undefined }) : null;
  if (content.kind !== 'binding') return null;
  const source = followBinding(document, content.binding);
  if (source.kind === 'pipeline-input') {
    const { value } = pipelineInputValue(document.inputs[source.name]);
    return value?.kind === 'data' ? give(value.reference) : null;
  }
  if (source.kind !== 'step-output') return null;
  origins.push({ kind: 'output', step: source.step, port: source.name });
  const output = interfaceOf(source.step, document, components)?.outputs[source.name];
  const kept = output?.['x-pipewright']?.columns_of;
  return kept === undefined ? null : { step: source.step, input: kept };
}
