import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { frameBoxes, isWithin } from '../../../canvas/paper/frame-boxes.ts';
import { type Box, boxAround, type Point } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { moveSteps } from '../model/move-steps.ts';
import type { Editor } from '../store/editor-context.tsx';
import { selectedKeys } from '../store/selectors.ts';

/** What moves together, by where it stood in the document when it was taken. */
export interface Held {
  readonly steps: ReadonlyMap<string, Position>;
  readonly notes: ReadonlyMap<string, Position>;
  readonly groups: readonly string[];
}

/** Everything that is selected: of groups their steps, and the notes that lie in their frames. */
export function holdSelected({ store, derived }: Editor): Held {
  const state = store.getState();
  const { content, selectedNotes, selectedGroups, collapsedGroups } = state;
  const groups = [...selectedGroups].filter((id) => Object.hasOwn(content.layout.groups, id));
  const steps = new Set([...selectedKeys(state), ...groups.flatMap((id) => content.layout.groups[id]?.steps ?? [])]);
  const frames = frameBoxes(
    Object.fromEntries(groups.filter((id) => !collapsedGroups.has(id)).map((id) => [id, content.layout.groups[id] ?? none])),
    derived.getState().flow.nodes,
  );
  const inFrames =
    frames.size === 0 ? [] : Object.entries(content.layout.notes).filter(([, note]) => [...frames.values()].some((frame) => isWithin(note, frame)));
  const notes = new Set([...selectedNotes, ...inFrames.map(([id]) => id)]);
  const places = positionsOf(content);
  return {
    steps: new Map([...steps].flatMap((key): [string, Position][] => (places[key] ? [[key, places[key]]] : []))),
    notes: new Map(
      [...notes].flatMap((id): [string, Position][] => {
        const note = content.layout.notes[id];
        return note ? [[id, { x: note.x, y: note.y }]] : [];
      }),
    ),
    groups,
  };
}

const none = { title: '', steps: [] };

export function moveHeld(content: DraftContent, { steps, notes }: Pick<Held, 'steps' | 'notes'>, by: Point): DraftOp[] {
  const moved = ([key, { x, y }]: readonly [string, Position]): [string, Position] => [key, { x: x + by.x, y: y + by.y }];
  return [...(steps.size === 0 ? [] : moveSteps(content, new Map([...steps].map(moved)))), ...putNotes(content, new Map([...notes].map(moved)))];
}

/** Also where they stand already: the end of a gesture is an edit, as it is of steps. */
const putNotes = ({ layout }: DraftContent, to: ReadonlyMap<string, Position>): DraftOp[] =>
  [...to].flatMap(([note, { x, y }]): DraftOp[] => (layout.notes[note] ? [{ op: 'note.set', note, value: { ...layout.notes[note], x, y } }] : []));

export function moveNotes({ layout }: DraftContent, to: ReadonlyMap<string, Position>): DraftOp[] {
  return [...to].flatMap(([note, { x, y }]): DraftOp[] => {
    const before = layout.notes[note];
    return before && (before.x !== x || before.y !== y) ? [{ op: 'note.set', note, value: { ...before, x, y } }] : [];
  });
}

/** `Move a note`, `Move a group`, `Move 3 steps and 2 notes`. */
export function labelOfMove({ steps, notes, groups }: Held, verb = 'Move'): string {
  const [group, ...others] = groups;
  const inGroups = group !== undefined;
  if (inGroups && others.length === 0) return `${verb} a group`;
  if (inGroups) return `${verb} ${groups.length} groups`;
  const parts = [...counted(steps.size, 'step'), ...counted(notes.size, 'note')];
  return `${verb} ${parts.join(' and ')}`;
}

const counted = (count: number, noun: string): string[] => (count === 0 ? [] : [count === 1 ? `a ${noun}` : `${count} ${noun}s`]);

/** Where the selection is drawn; null where nothing is selected. */
export function boxOfSelection(editor: Editor): Box | null {
  const { derived, store } = editor;
  const { content } = store.getState();
  const held = holdSelected(editor);
  const boxes = derived.getState().flow.nodes.filter(({ id, data }) => held.steps.has(id) || (data.box && held.groups.includes(data.box.id)));
  const notes = [...held.notes.keys()].flatMap((id) => content.layout.notes[id] ?? []);
  return boxAround([...boxes.map(({ position, measured }) => ({ ...position, ...measured })), ...notes]);
}
