import type { CodeChanges } from '@pipewright/shared/http/component-code.ts';
import type { CodePlace } from '../../../api/component-code.ts';
import { forgetCode, forgetSentCode } from './code-edits.ts';
import { forgetSentComponent, writeComponent } from './component-edits.ts';
import type { WrittenComponent } from './written-component.ts';

/** What is changed of a component and its code is thrown away. */
export function forgetEdits(place: CodePlace): void {
  forgetCode(place);
  writeComponent(place, null);
}

/** What was sent of it is a version now; what was written since stays. */
export function forgetSentEdits(place: CodePlace, sent: { readonly files: CodeChanges; readonly written: WrittenComponent | null }): void {
  forgetSentCode(place, sent.files);
  if (sent.written) forgetSentComponent(place, sent.written);
}
