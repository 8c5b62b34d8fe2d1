import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { frameBoxes } from '../../../canvas/paper/frame-boxes.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { fromElkGraph, toElkGraph } from '../model/tidy.ts';
import { holdSelected, moveNotes } from '../paper/held.ts';
import { notesBeside } from '../paper/notes-beside.ts';
import type { Editor } from '../store/editor-context.tsx';
import { moveGliding } from './glide.ts';
import { layOut } from './lay-out.ts';

/**
 * Of the selected steps, if there are several, around their middle; else of all. Frames keep what is in them together, a
 * collapsed group is laid out as the box that it is, and notes go with what they stand beside. What was edited meanwhile
 * stays: only places are set.
 */
export async function tidyLayout(editor: Editor): Promise<void> {
  const { store, derived } = editor;
  const { content: asked, collapsedGroups } = store.getState();
  const selected = new Set(holdSelected(editor).steps.keys());
  const isPart = selected.size > 1 && selected.size < Object.keys(asked.document.jobs).length;
  const isMeant = (key: string): boolean => (isPart ? selected.has(key) : true);
  try {
    const { flow } = derived.getState();
    const nodes = flow.nodes.filter(({ id, data }) => (data.box ? data.box.steps.every(isMeant) : !id.includes('/') && isMeant(id)));
    const groups = Object.fromEntries(Object.entries(asked.layout.groups).filter(([id]) => !collapsedGroups.has(id)));
    const boxes = frameBoxes(groups, nodes);
    const frames = new Map([...boxes].map(([id, box]) => [id, { box, steps: groups[id]?.steps ?? [] }]));
    const { nodeOf, room } = notesBeside(asked.layout.notes, nodes, frames);
    const result = await layOut(toElkGraph(flow, { only: new Set(nodes.map(({ id }) => id)), groups, room }));
    const { content } = store.getState();
    const before = { ...positionsOf(content), ...Object.fromEntries(nodes.filter(({ data }) => data.box).map(({ id, position }) => [id, position])) };
    const places = fromElkGraph(result, { before, isPart, room });
    const by = new Map([...places].map(([id, to]) => [id, { x: to.x - (before[id]?.x ?? to.x), y: to.y - (before[id]?.y ?? to.y) }]));
    const notes = new Map(
      [...nodeOf].flatMap(([id, node]): [string, Position][] => {
        const [note, way] = [content.layout.notes[id], by.get(node)];
        return note && way ? [[id, { x: note.x + way.x, y: note.y + way.y }]] : [];
      }),
    );
    const steps = [...places].flatMap(([id, to]): [string, Position][] => {
      const box = nodes.find((node) => node.id === id)?.data.box;
      const way = by.get(id) ?? origin;
      if (!box) return [[id, to]];
      return box.steps.flatMap((step): [string, Position][] => (before[step] ? [[step, { x: before[step].x + way.x, y: before[step].y + way.y }]] : []));
    });
    const label = isPart ? `Tidy the layout of ${selected.size} steps` : 'Tidy the layout';
    moveGliding(editor, new Map(steps.filter(([key]) => Object.hasOwn(content.document.jobs, key))), { label, more: moveNotes(content, notes) });
    store.getState().makeRoomAnew();
    announce('The layout is tidy');
  } catch (error) {
    showToast({ text: `The layout could not be computed: ${error instanceof Error ? error.message : String(error)}` });
  }
}

const origin: Position = { x: 0, y: 0 };
