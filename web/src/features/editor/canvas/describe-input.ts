import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { DataInput } from '../model/data-values.ts';
import type { Taking } from '../model/registered-data.ts';
import type { Editor } from '../store/editor-context.tsx';

/** What people call an input that takes data, and what it takes. */
export function describeInput({ store, derived }: Editor, input: DataInput): { readonly label: string; readonly takes: Taking } {
  if ('pipelineInput' in input) {
    const { type } = pipelineInputValue(store.getState().content.document.inputs[input.pipelineInput]);
    return { label: input.pipelineInput, takes: { type } };
  }
  const port = derived
    .getState()
    .views.get(input.step)
    ?.inputs.find(({ name }) => name === input.input);
  return { label: port?.label ?? input.input, takes: port ?? { type: null } };
}
