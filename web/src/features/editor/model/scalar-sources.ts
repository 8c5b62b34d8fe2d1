import { isScalarType, type ScalarType } from '@pipewright/shared/component/port-type.ts';
import { formatBinding } from '@pipewright/shared/expressions/binding.ts';
import { downstreamOf } from '@pipewright/shared/graph/reachable-from.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { StepView } from '../../../canvas/step-view.ts';

/** Something whose value an expression may take. */
export interface ScalarSource {
  /** As it is written: `${{parent.inputs.seed}}`. */
  readonly text: string;
  /** As people read it: `inputs.seed`. */
  readonly short: string;
  readonly type: ScalarType;
  /** What it comes to now, or whose it is. */
  readonly hint: string;
}

/** Values of the pipeline's inputs, and what steps that do not wait for this one put out. */
export function scalarSources(document: Pipeline, views: ReadonlyMap<string, StepView>, step: string): ScalarSource[] {
  const below = downstreamOf(document, [step]);
  const inputs = Object.entries(document.inputs).flatMap(([name, input]): ScalarSource[] => {
    const { type, value } = pipelineInputValue(input);
    if (type !== null && !isScalarType(type)) return [];
    const hint = value?.kind === 'literal' ? `= ${String(value.value)}` : 'no value yet';
    return [{ text: formatBinding({ source: 'pipeline-input', name }), short: `inputs.${name}`, type: type ?? 'string', hint }];
  });
  const outputs = [...views.values()].flatMap((view) =>
    view.key === step || below.has(view.key)
      ? []
      : view.outputs.flatMap(({ name, type }): ScalarSource[] =>
          type === null || !isScalarType(type)
            ? []
            : [{ text: formatBinding({ source: 'step-output', step: view.key, name }), short: `${view.key}.outputs.${name}`, type, hint: `of ${view.title}` }],
        ),
  );
  return [...inputs, ...outputs];
}

/** What may be put at the end of a text that is being written: the unfinished `${{…` is completed, else the whole is replaced. */
export function completions(text: string, sources: readonly ScalarSource[]): { readonly value: string; readonly source: ScalarSource }[] {
  const open = text.lastIndexOf('${{');
  const isOpen = open !== -1 && !text.slice(open).includes('}}');
  const prefix = isOpen ? text.slice(0, open) : '';
  const word = (isOpen ? text.slice(open + 3) : text).trim().toLowerCase();
  // A whole expression is no search.
  const isDone = !isOpen && text.includes('}}');
  return sources
    .filter((source) => isDone || word === '' || source.text.toLowerCase().includes(word) || source.short.toLowerCase().includes(word))
    .map((source) => ({ value: `${prefix}${source.text}`, source }));
}
