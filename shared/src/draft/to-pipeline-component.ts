import type { ComponentLookup } from '../component/component-interface.ts';
import { PipelineComponent } from '../component/component.ts';
import { filledOutput } from '../pipeline/filled-output.ts';
import type { PipelineInput } from '../pipeline/input-value.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { pipelineInputValue } from '../pipeline/pipeline-input-value.ts';
import type { DraftContent } from './draft-op.ts';
import { typedOutput } from './sub-interface.ts';

export interface ComponentTexts {
  readonly name: string;
  /** Left out: the next one. */
  readonly version?: string;
  readonly title: string;
  readonly description?: string | undefined;
}

/** A pipeline as a component: every input and output declared by its type, where things stand in it, and whatever else it says of itself. */
export function toPipelineComponent({ document, layout }: DraftContent, components: ComponentLookup, texts: ComponentTexts): PipelineComponent {
  const { name: _name, version: _version, display_name: _title, description: _description, settings, 'x-pipewright': extension, ...rest } = document;
  const said = extension !== null && typeof extension === 'object' ? extension : {};
  const { name, version, title, description } = texts;
  return PipelineComponent.parse({
    ...rest,
    name,
    ...(version === undefined ? {} : { version }),
    display_name: title,
    type: 'pipeline',
    ...(description === undefined || description === '' ? {} : { description }),
    inputs: Object.fromEntries(Object.entries(document.inputs).map(([input, value]) => [input, declared(value)])),
    outputs: outputsOf(document, components),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
    'x-pipewright': { ...said, layout: { ...emptyLayout, ...layout } },
  });
}

function declared(input: PipelineInput): unknown {
  const { type, value } = pipelineInputValue(input);
  if (input === null || typeof input !== 'object') return { type: type ?? 'string', ...(value?.kind === 'literal' ? { default: value.value } : {}) };
  const { path, ...rest } = input;
  return { ...rest, type: type ?? 'string', ...(typeof path === 'string' ? { default: path } : {}) };
}

/** An output that says no type has that of the step that fills it; one that nothing fills stays as it is said. */
function outputsOf(document: Pipeline, components: ComponentLookup): Record<string, unknown> {
  const outputs: Record<string, unknown> = {};
  for (const [name, said] of Object.entries(document.outputs)) outputs[name] = typeof said === 'object' && said !== null ? said : {};
  for (const [step, value] of Object.entries(document.jobs)) {
    for (const [output, bound] of Object.entries(value.outputs)) {
      const fills = filledOutput(bound);
      if (fills === null) continue;
      const own = outputs[fills];
      const typed = typedOutput({ document, components }, step, output);
      const said = own !== null && typeof own === 'object' ? own : {};
      outputs[fills] = 'type' in said ? said : { ...(typeof typed === 'object' ? typed : {}), ...said };
    }
  }
  return outputs;
}
