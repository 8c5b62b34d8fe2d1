import type { CodeChanges } from '@pipewright/shared/http/component-code.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { create } from 'zustand';
import type { CodePlace } from '../../../api/component-code.ts';
import { forgetCode, forgetSentCode, moveCode } from './code-edits.ts';
import { moveComponent, writeComponent } from './component-edits.ts';
import type { WrittenComponent } from './written-component.ts';

/** What is changed of a component and its code is thrown away. */
export function forgetEdits(place: CodePlace): void {
  forgetCode(place);
  writeComponent(place, null);
}

interface Sent {
  readonly files: CodeChanges;
  readonly written: WrittenComponent | null;
}

/** Where the edits of a component have gone last: to the version that was made of it. */
export const useMovedEdits = create<{ readonly last: { readonly from: CodePlace; readonly to: string } | null }>(() => ({ last: null }));

/** What was sent is the version that was made of it; what was written since is written of that version. */
export function moveEdits(place: CodePlace, sent: Sent, { reference, component }: Pick<RegisteredComponent, 'reference' | 'component'>): void {
  forgetSentCode(place, sent.files);
  moveCode(place, reference);
  if (component.type !== 'pipeline') moveComponent(place, { sent: sent.written, reference, component });
  useMovedEdits.setState({ last: { from: place, to: reference } });
}
