import { announce } from '../../../ui/feedback/live-region.tsx';
import { countOf } from '../../../ui/format/number.ts';
import type { Point } from '../../../canvas/geometry.ts';
import { noRoom, titleOfGroup } from '../../../canvas/paper/frame-boxes.ts';
import type { Editor } from '../store/editor-context.tsx';
import { selectedKeys } from '../store/selectors.ts';
import { setRoom } from './frame-size.ts';
import { changeGroup, groupOfStep, groupSteps, ungroup } from './group-ops.ts';
import { addNote, changeNote } from './note-ops.ts';

/** A frame around the selected steps, with the keyboard in its name. */
export function groupSelected({ store }: Editor): void {
  const { content, edit, select, renameGroup } = store.getState();
  const steps = selectedKeys(store.getState());
  if (steps.length === 0) return;
  const { ops, id } = groupSteps(content, steps, '');
  if (!edit(ops, { label: `Group ${countOf(steps.length, 'step')}` }).ok) return;
  select({ groups: [id] });
  renameGroup(id);
  announce(`${countOf(steps.length, 'step')} grouped. Write a name for the group.`);
}

/** The frames that are selected, or those around what is. */
export function groupsMeant({ store }: Editor): string[] {
  const { selectedGroups, content } = store.getState();
  const { groups } = content.layout;
  const around = selectedKeys(store.getState()).flatMap((step) => groupOfStep(groups, step) ?? []);
  return [...new Set([...selectedGroups, ...around])].filter((id) => Object.hasOwn(groups, id));
}

export function ungroupSelected(editor: Editor): void {
  const { content, edit, select, setCollapsed } = editor.store.getState();
  const ids = groupsMeant(editor);
  if (ids.length === 0) return;
  const steps = ids.flatMap((id) => content.layout.groups[id]?.steps ?? []);
  const title = ids.length === 1 ? titleOfGroup(content.layout.groups[ids[0] ?? ''] ?? { title: '' }) : countOf(ids.length, 'group');
  // Taken back, it must not hide the steps that are selected now.
  setCollapsed(ids, false);
  if (!edit(ungroup(ids), { label: ids.length === 1 ? 'Ungroup steps' : `Ungroup ${ids.length} groups` }).ok) return;
  select({ steps });
  announce(`Ungrouped ${title}: ${countOf(steps.length, 'step')} stay`);
}

/** In the head of its frame, which a collapsed group gets for that. */
export function renameGroup({ store }: Editor, group: string): void {
  const state = store.getState();
  state.setCollapsed([group], false);
  state.select({ groups: [group] });
  state.renameGroup(group);
}

/** Takes back what it was made larger by. */
export function fitFrames({ store }: Pick<Editor, 'store'>, ids: readonly string[]): void {
  const { content, edit } = store.getState();
  const ops = ids.filter((id) => content.layout.groups[id]?.room).flatMap((id) => setRoom(content, id, noRoom));
  if (ops.length === 0) return;
  edit(ops, { label: ops.length === 1 ? 'Fit a group to its steps' : `Fit ${ops.length} groups to their steps` });
  announce(ops.length === 1 ? 'The frame fits its steps' : 'The frames fit their steps');
}

/** Written when it is finished; null leaves the name as it is. */
export function nameGroup({ store }: Editor, group: string, title: string | null): void {
  const { content, edit, renameGroup } = store.getState();
  renameGroup(null);
  const before = content.layout.groups[group];
  if (title !== null && before && title.trim() !== before.title) edit(changeGroup(content, group, { title: title.trim() }), { label: 'Name a group' });
  focusOnPaper(`[data-group="${CSS.escape(group)}"]`);
}

/** All of them one way: open, if one of them is closed. Nothing of the draft changes. */
export function toggleCollapsed({ store }: Pick<Editor, 'store'>, ids: readonly string[]): void {
  const { collapsedGroups, select, content } = store.getState();
  const isClosing = !ids.some((id) => collapsedGroups.has(id));
  const names = ids.map((id) => titleOfGroup(content.layout.groups[id] ?? { title: '' })).join(', ');
  // Also where a button did it, in a frame that was not selected: the keyboard goes on with it.
  select({ groups: ids });
  collapse(store, ids, isClosing);
  announce(`${names} ${isClosing ? 'collapsed' : 'expanded'}`);
}

export function collapseAll({ store }: Pick<Editor, 'store'>, isClosing: boolean): void {
  const ids = Object.keys(store.getState().content.layout.groups);
  collapse(store, ids, isClosing);
  announce(`${countOf(ids.length, 'group')} ${isClosing ? 'collapsed' : 'expanded'}`);
}

function collapse(store: Editor['store'], ids: readonly string[], isClosing: boolean): void {
  const isThere = document.activeElement?.closest('[data-canvas]') != null;
  store.getState().setCollapsed(ids, isClosing);
  const [group] = store.getState().selectedGroups;
  // What had the keyboard is drawn no more.
  if (isThere && group !== undefined) focusOnPaper(`[data-group="${CSS.escape(group)}"]`);
}

export function colorPaper({ store }: Editor, of: { readonly notes: Iterable<string>; readonly groups: Iterable<string> }, color: string): void {
  const { content, edit } = store.getState();
  const ops = [...[...of.notes].flatMap((id) => changeNote(content, id, { color })), ...[...of.groups].flatMap((id) => changeGroup(content, id, { color }))];
  const noun = ops.length === 1 ? (ops[0]?.op === 'note.set' ? 'a note' : 'a group') : `${ops.length} notes and groups`;
  edit(ops, { label: `Colour ${noun}` });
}

/** With the keyboard in it. */
export function putNote({ store }: Editor, place: Point): void {
  const { content, edit, select, editNote } = store.getState();
  const { ops, id } = addNote(content, place);
  if (!edit(ops, { label: 'Add a note' }).ok) return;
  select({ notes: [id] });
  editNote(id);
}

/** What is written in one visit is one entry of the history. */
export function writeNote({ store }: Editor, { note, text, gesture }: { readonly note: string; readonly text: string; readonly gesture: string }): void {
  const { content, edit } = store.getState();
  edit(changeNote(content, note, { text }), { label: 'Write a note', gesture, pace: 'typing' });
}

/** From note to note, from top to bottom; the one that is selected is where one is. */
export function noteAfter({ store }: Editor): string | null {
  const { content, selectedNotes } = store.getState();
  const ordered = Object.entries(content.layout.notes).toSorted(([, a], [, b]) => a.y - b.y || a.x - b.x);
  const at = ordered.findIndex(([id]) => selectedNotes.has(id));
  return ordered[(at + 1) % Math.max(1, ordered.length)]?.[0] ?? null;
}

export function focusOnPaper(selector: string): void {
  // It is drawn anew first.
  setTimeout(() => document.querySelector<HTMLElement>(`[data-canvas] ${selector}`)?.focus({ preventScroll: true }));
}

/** From a step to the frame around it, and from a frame to the first of its steps. */
export function goThroughFrame({ store }: Editor, direction: 'up' | 'down'): void {
  const { content, select, selectedGroups } = store.getState();
  const { groups } = content.layout;
  if (direction === 'up') {
    const around = selectedKeys(store.getState())
      .flatMap((step) => groupOfStep(groups, step) ?? [])
      .at(-1);
    if (around !== undefined) select({ groups: [around] });
    return;
  }
  const first = [...selectedGroups].flatMap((id) => groups[id]?.steps ?? [])[0];
  if (first !== undefined) select({ steps: [first] });
}
