import type { Json } from '@pipewright/shared/json.ts';
import { useEditor } from '../store/editor-context.tsx';

interface Edit {
  readonly label: string;
  readonly gesture?: string;
}

/** Sets a field of the step, or takes it away; one visit of a text is one entry of the history. */
export function useSetStepField(step: string): (field: string, value: Json | undefined, edit: Edit) => void {
  const { store } = useEditor();
  return (field, value, { label, gesture }) => {
    const op = { op: 'step.setField' as const, step, field, ...(value === undefined ? {} : { value }) };
    store.getState().edit([op], { label, ...(gesture === undefined ? {} : { gesture, pace: 'typing' }) });
  };
}
