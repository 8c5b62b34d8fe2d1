import type { CodePlace } from '../../../api/component-code.ts';
import { forgetCode } from './code-edits.ts';
import { writeComponent } from './component-edits.ts';

/** What is changed of a component and its code is let go: it is a version now, or thrown away. */
export function forgetEdits(place: CodePlace): void {
  forgetCode(place);
  writeComponent(place, null);
}
