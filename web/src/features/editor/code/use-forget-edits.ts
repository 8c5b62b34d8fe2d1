import type { CodePlace } from '../../../api/component-code.ts';
import { useCodeEdits } from './code-edits.ts';
import { useComponentEdits } from './component-edits.ts';

/** What is changed of a component and its code is let go: it is a version now, or thrown away. */
export function useForgetEdits(): (place: CodePlace) => void {
  const forgetCode = useCodeEdits((edits) => edits.forget);
  const write = useComponentEdits((edits) => edits.write);
  return (place) => {
    forgetCode(place);
    write(place, null);
  };
}
