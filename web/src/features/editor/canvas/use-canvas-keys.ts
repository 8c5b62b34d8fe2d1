import { type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useRef } from 'react';
import { nodeGapY, nodeHeight, nodeWidth, type Point } from '../../../canvas/geometry.ts';
import { isGroupNode, nodeOfGroup } from '../../../canvas/paper/collapse-groups.ts';
import { type Direction, directionOfKey, neighbourOf } from '../../../canvas/walk.ts';
import { isTextField } from '../../../ui/commands/use-command-keys.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { nudgeBy } from '../model/move-steps.ts';
import { resizedRoom, setRoom } from '../paper/frame-size.ts';
import { goThroughFrame } from '../paper/paper-acts.ts';
import { holdSelected, labelOfMove, moveHeld } from '../paper/held.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { nameGesture } from '../store/name-gesture.ts';
import { selectedKeys, selectStepInView } from '../store/selectors.ts';
import { type PointerOnCanvas, usePointerOnCanvas } from './use-pointer-on-canvas.ts';

interface CanvasKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onKeyUp: (event: KeyboardEvent) => void;
}

/**
 * Keys that only mean something on the canvas: arrows walk along edges, with Shift they extend the selection, with Ctrl
 * they nudge it, with both they make a frame larger or smaller; Tab, or Space, opens the quick add at the pointer, or beside what was walked to; the menu key opens the
 * step's menu.
 */
export function useCanvasKeys(): CanvasKeys {
  const editor = useEditor();
  const flow = useReactFlow();
  const pointer = usePointerOnCanvas();
  /** Edits by keys that follow each other closely are one entry of the history. */
  const burst = useRef({ name: '', at: Number.NEGATIVE_INFINITY });
  const spaceFrom = useRef<SpacePress | null>(null);
  const quickAdd = (canvas: Element): void => openQuickAdd(editor, flow, { pointer: pointer.current, canvas });
  return {
    onKeyDown: (event) => {
      if (isTextField(event.target) || event.defaultPrevented) return;
      const direction = directionOfKey(event.key);
      if (direction) {
        event.preventDefault();
        const isBurst = event.timeStamp - burst.current.at < burstMs;
        if (event.ctrlKey || event.metaKey) {
          burst.current = { name: isBurst ? burst.current.name : nameGesture('nudge'), at: event.timeStamp };
          if (!event.shiftKey || !stretchFrame(editor, direction, burst.current.name)) nudge(editor, direction, burst.current.name);
        } else if (event.altKey && (direction === 'up' || direction === 'down')) goThroughFrame(editor, direction);
        else walk(editor, direction, event.shiftKey);
        return;
      }
      if (opensByTab(event) && !editor.store.getState().isReadOnly) {
        event.preventDefault();
        quickAdd(event.currentTarget);
        return;
      }
      if (event.key === ' ' && !event.repeat && opensBySpace() && isPaper(event.target))
        spaceFrom.current = { at: event.timeStamp, point: pointer.current.point };
      else if (event.key !== ' ') spaceFrom.current = null;
      if (event.key === 'ContextMenu') openStepMenu(editor, flow, event);
    },
    onKeyUp: (event) => {
      const pressed = spaceFrom.current;
      spaceFrom.current = null;
      // Held down, or moved meanwhile, it pans.
      if (event.key !== ' ' || pressed === null || event.timeStamp - pressed.at > holdMs || pressed.point !== pointer.current.point) return;
      if (!editor.store.getState().isReadOnly) quickAdd(event.currentTarget);
    },
  };
}

const burstMs = 800;
const holdMs = 400;

interface SpacePress {
  readonly at: number;
  readonly point: Point | null;
}

const opensByTab = (event: KeyboardEvent): boolean =>
  event.key === 'Tab' && !event.shiftKey && !event.ctrlKey && !event.altKey && usePreferences.getState().quickAddKey !== 'space';
const opensBySpace = (): boolean => usePreferences.getState().quickAddKey !== 'tab';

/** Space presses a button that has the keyboard. */
const isPaper = (target: EventTarget): boolean => target instanceof Element && target.closest('button, [role=button], [role=switch]') === null;

function nudge(editor: Editor, direction: Direction, burst: string): void {
  const { content, edit } = editor.store.getState();
  const held = holdSelected(editor);
  const keys = [...held.steps.keys(), ...held.notes.keys()];
  if (keys.length === 0) return;
  edit(moveHeld(content, held, nudgeBy[direction]), { label: labelOfMove(held, 'Nudge'), gesture: `${burst}:${keys.join(',')}`, pace: 'typing' });
}

/** Moves the right side, or the lower one, of the frame that alone is selected; false where there is none. */
function stretchFrame({ store }: Editor, direction: Direction, burst: string): boolean {
  const { content, edit, selectedGroups, collapsedGroups } = store.getState();
  const [group, ...others] = selectedGroups;
  if (group === undefined || others.length > 0 || collapsedGroups.has(group)) return false;
  const room = resizedRoom(content.layout.groups[group]?.room, { x: 1, y: 1 }, nudgeBy[direction]);
  edit(setRoom(content, group, room), { label: 'Resize a group', gesture: `${burst}:${group}`, pace: 'typing' });
  return true;
}

/** Where one is with a group selected: at its box, or at the first of its steps. */
function placeOfGroup({ store }: Editor, group: string): string | null {
  const { collapsedGroups, content } = store.getState();
  return collapsedGroups.has(group) ? nodeOfGroup(group) : (content.layout.groups[group]?.steps[0] ?? null);
}

function walk(editor: Editor, direction: Direction, isExtending: boolean): void {
  const { store, derived } = editor;
  const state = store.getState();
  const keys = selectedKeys(state);
  const [group] = state.selectedGroups;
  const from = selectStepInView(state) ?? keys.at(-1) ?? (group === undefined ? null : placeOfGroup(editor, group));
  const next = neighbourOf(derived.getState().flow, { from, direction });
  if (next === null) return;
  const box = isGroupNode(next) ? derived.getState().flow.nodes.find(({ id }) => id === next)?.data.box : undefined;
  if (box) return state.select(isExtending ? { steps: keys, groups: [...state.selectedGroups, box.id] } : { groups: [box.id] });
  state.select({ steps: isExtending && !next.includes('/') ? [...keys.filter((key) => key !== next), next] : [next] });
}

interface QuickAddPlace {
  readonly pointer: PointerOnCanvas;
  readonly canvas: Element;
}

/** At the pointer if that moved last; else beside the step that was walked to, or in the middle. */
function openQuickAdd({ store }: Editor, flow: ReactFlowInstance, { pointer, canvas }: QuickAddPlace): void {
  const last = selectStepInView(store.getState()) ?? selectedKeys(store.getState()).at(-1) ?? null;
  const place = last === null ? undefined : flow.getNode(last)?.position;
  const beside = place ? flow.flowToScreenPosition({ x: place.x + nodeWidth + 12, y: place.y + nodeHeight }) : centreOf(canvas);
  const pointed = pointer.isLast ? pointer.point : null;
  const at = pointed ?? beside;
  // The list stands beside the step, what is chosen there comes below it: that is the way the graph runs.
  const below = place && !pointed ? { x: place.x, y: place.y + nodeHeight + nodeGapY } : flow.screenToFlowPosition(at);
  store.getState().open({ kind: 'quick-add', at, place: below, wire: null, edge: null });
}

function openStepMenu({ store }: Editor, flow: ReactFlowInstance, event: KeyboardEvent): void {
  const last = selectStepInView(store.getState()) ?? selectedKeys(store.getState()).at(-1) ?? null;
  if (last === null) return;
  event.preventDefault();
  const place = flow.getNode(last)?.position ?? { x: 0, y: 0 };
  store.getState().open({ kind: 'step-menu', at: flow.flowToScreenPosition({ x: place.x + nodeWidth, y: place.y }), step: last });
}

function centreOf(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 3 };
}
