import type { EditorStore } from '../store/create-editor-store.ts';
import type { Brought } from './bring-to-server.ts';
import type { Estate } from './journal.ts';
import { textAlone } from './journal-record.ts';
import type { Replaced } from './journal-writer.ts';

/** What a window has left, and what came of its edits. */
export type Inherited = Brought & { readonly estate: Estate };

/**
 * Gives the editor what can be undone and, where it has none of its own, the newest text that nobody has read yet; the other
 * texts stay on the device until that is read. Answers with what the window's own record takes the place of.
 */
export function inheritInto(store: EditorStore, heritage: readonly Inherited[]): Replaced[] {
  const records = heritage.map(({ record }) => record);
  const { inheritHistory, unreadText, setUnreadText } = store.getState();
  inheritHistory(records.map(({ history, redo }) => ({ undoEntries: history, redoEntries: redo })));
  const shown = unreadText === null ? records.findLast((record) => record.unreadText !== null) : undefined;
  if (shown) setUnreadText(shown.unreadText);
  return heritage.map(({ estate, record }) => ({ estate, rest: record.unreadText === null || record === shown ? null : textAlone(record) }));
}
