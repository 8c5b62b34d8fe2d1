import { flushSync } from 'react-dom';
import type { EditorStore } from '../store/create-editor-store.ts';

/** Puts the keyboard into the first field of what is selected, also where the history or the comments lay in its place. */
export function openInspector(store: EditorStore): void {
  const { historyTab, areCommentsShown, showHistory } = store.getState();
  if (historyTab !== null || areCommentsShown) flushSync(() => showHistory(null));
  const inspector = document.querySelector<HTMLElement>('[data-inspector]');
  const field = inspector?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select, [contenteditable=true], [role=switch]');
  (field ?? inspector)?.focus();
}
