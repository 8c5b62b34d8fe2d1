import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { removeSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { describe, expect, it } from 'vitest';
import { createFlowMapper } from '../../../canvas/flow-graph.ts';
import { frameBoxes, noRoom } from '../../../canvas/paper/frame-boxes.ts';
import { sampleComponents, samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { drawnPlaces } from '../canvas/drag-handlers.ts';
import { sourceOfPort } from '../data/port-source.ts';
import { copySteps, pasteSteps, readCopiedSteps } from '../model/clipboard.ts';
import { fromElkGraph, toElkGraph } from '../model/tidy.ts';
import { openEditor } from '../testing/render-in-editor.tsx';
import { createEditorStore } from '../store/create-editor-store.ts';
import { beginFrameDrop } from './frame-drop.ts';
import { resizedRoom, setRoom } from './frame-size.ts';
import { groupSteps, moveToGroup, ungroup } from './group-ops.ts';
import { groupStrip } from '../../../canvas/paper/group-strip.ts';
import { titleOfNote } from './note-ops.ts';
import { moveHeld } from './held.ts';
import { joinFrames } from './join-frames.ts';
import { notesBeside } from './notes-beside.ts';
import { ungroupSelected } from './paper-acts.ts';

const nothing: ReadonlySet<string> = new Set();

function after(content: DraftContent, ops: readonly DraftOp[]): DraftContent {
  const applied = applyDraftOps(content, ops);
  if (!applied.ok) throw new Error(applied.message);
  return applied.content;
}

const place = (content: DraftContent, places: Readonly<Record<string, readonly [x: number, y: number]>>): DraftContent =>
  after(
    content,
    Object.entries(places).map(([step, [x, y]]): DraftOp => ({ op: 'layout.move', step, to: { x, y } })),
  );

const placed = place(samplePipeline(), { import: [0, 0], split: [0, 200], train: [0, 400], score: [800, 800] });
const grouped = after(placed, [{ op: 'group.set', group: 'g', value: { title: 'Model', steps: ['split', 'train'], color: 'blue' } }]);
const stepsOf = (content: DraftContent) => Object.fromEntries(Object.entries(content.layout.groups).map(([id, { steps }]) => [id, steps]));
const nodesOf = (content: DraftContent) =>
  createFlowMapper()({ content, components: sampleComponents, selectedSteps: nothing, selectedEdges: nothing, areScalarsShown: false }).nodes;

describe('groups', () => {
  it('are made of steps, which leave the ones that they were in; one that nothing is left of goes', () => {
    const one = groupSteps(grouped, ['train', 'score'], 'Ends');
    expect(stepsOf(after(grouped, one.ops))).toEqual({ g: ['split'], [one.id]: ['train', 'score'] });
    const all = groupSteps(grouped, ['split', 'train'], 'Again');
    expect(stepsOf(after(grouped, all.ops))).toEqual({ [all.id]: ['split', 'train'] });
  });

  it('go without their steps, and with the last of them', () => {
    expect(after(grouped, ungroup(['g'])).document.jobs).toBe(grouped.document.jobs);
    expect(stepsOf(after(grouped, removeSteps(grouped, new Set(['split']))))).toEqual({ g: ['train'] });
    const applied = applyDraftOps(grouped, removeSteps(grouped, new Set(['split', 'train'])));
    if (!applied.ok) throw new Error(applied.message);
    expect(stepsOf(applied.content)).toEqual({});
    expect(after(applied.content, applied.inverse).layout.groups).toEqual(grouped.layout.groups);
  });

  it('keep what they are called when steps come and go', () => {
    expect(after(grouped, moveToGroup(grouped, ['score'], 'g')).layout.groups['g']).toEqual({
      title: 'Model',
      steps: ['split', 'train', 'score'],
      color: 'blue',
    });
    expect(stepsOf(after(grouped, moveToGroup(grouped, ['split', 'train'], null)))).toEqual({});
  });
});

describe('a frame that was made larger', () => {
  const sides = { left: 16, top: 0, right: 40, bottom: 8 };

  it('is never smaller than what fits its steps, and nothing is kept of one that fits', () => {
    expect(resizedRoom(undefined, { x: 1, y: 1 }, { x: 40, y: -8 })).toEqual({ left: 0, top: 0, right: 40, bottom: 0 });
    expect(resizedRoom(sides, { x: -1, y: 0 }, { x: 8, y: 100 })).toEqual({ ...sides, left: 8 });
    const large = after(grouped, setRoom(grouped, 'g', sides));
    expect(large.layout.groups['g']?.room).toEqual(sides);
    expect(after(large, setRoom(large, 'g', noRoom))).toEqual(grouped);
  });

  it('writes nothing where it stays as large as it is', () => {
    const large = after(grouped, setRoom(grouped, 'g', sides));
    expect([setRoom(grouped, 'g', noRoom), setRoom(large, 'g', { ...sides })]).toEqual([[], []]);
  });

  it('stays where it is when a step is moved in it by hand, or comes in', () => {
    const large = after(grouped, setRoom(grouped, 'g', { left: 0, top: 0, right: 400, bottom: 0 }));
    const before = frameBoxes(large.layout.groups, nodesOf(large)).get('g');
    const letGo = (keys: readonly string[], to: Readonly<Record<string, readonly [number, number]>>) => {
      const taken = beginFrameDrop({ content: large, nodes: nodesOf(large), collapsed: nothing, keys, titleOf: (key) => key });
      const moved = place(large, to);
      const moves = taken?.opsAt(moved, new Map(Object.entries(to).map(([key, [x, y]]) => [key, { x, y }])));
      const next = after(moved, moves?.ops ?? []);
      return { box: frameBoxes(next.layout.groups, nodesOf(next)).get('g'), steps: stepsOf(next)['g'] };
    };
    expect(letGo(['train'], { train: [200, 300] })).toEqual({ box: before, steps: ['split', 'train'] });
    expect(letGo(['score'], { score: [300, 300] })).toEqual({ box: before, steps: ['split', 'train', 'score'] });
  });

  it('stays where it is beside an unfolded pipeline, to which its steps have given way', () => {
    const large = after(grouped, setRoom(grouped, 'g', { left: 0, top: 0, right: 400, bottom: 400 }));
    const by = { x: 900, y: 0 };
    const drawn = nodesOf(large).map((node) => ({ ...node, position: { x: node.position.x + by.x, y: node.position.y + by.y } }));
    const taken = beginFrameDrop({ content: large, nodes: drawn, collapsed: nothing, keys: ['train'], titleOf: (key) => key });
    const moved = place(large, { train: [8, 408] });
    const next = after(moved, taken?.opsAt(moved, drawnPlaces(moved, ['train'], new Map([['train', by]]))).ops ?? []);
    expect(frameBoxes(next.layout.groups, nodesOf(next)).get('g')).toEqual(frameBoxes(large.layout.groups, nodesOf(large)).get('g'));
    expect(stepsOf(next)).toEqual(stepsOf(large));
  });
});

describe('a step that is dragged', () => {
  const drop = (keys: readonly string[], to: Readonly<Record<string, readonly [number, number]>>) => {
    const taken = beginFrameDrop({ content: grouped, nodes: nodesOf(grouped), collapsed: nothing, keys, titleOf: (key) => key });
    const moves = taken?.opsAt(grouped, new Map(Object.entries(to).map(([key, [x, y]]) => [key, { x, y }])));
    return moves ? { groups: stepsOf(after(grouped, moves.ops)), text: moves.text } : null;
  };

  it('belongs to the frame in which it is let go', () => {
    expect(drop(['score'], { score: [10, 300] })).toEqual({ groups: { g: ['split', 'train', 'score'] }, text: 'score into Model' });
    expect(drop(['score'], { score: [600, 300] })).toEqual({ groups: { g: ['split', 'train'] }, text: '' });
  });

  it('leaves its frame only when it is well out of it', () => {
    expect(drop(['train'], { train: [60, 420] })?.text).toBe('');
    expect(drop(['train'], { train: [700, 420] })).toEqual({ groups: { g: ['split'] }, text: 'train out of Model' });
  });

  it('stays in a group that is dragged as a whole', () => {
    expect(drop(['split', 'train'], { split: [900, 0], train: [900, 200] })).toBeNull();
  });
});

it('a step that is added within a frame belongs to it', async () => {
  const editor = await openEditor(grouped);
  const add = (step: string, x: number, y: number): DraftOp => ({
    op: 'step.add',
    step,
    value: { command: 'true', inputs: {}, outputs: {} },
    position: { x, y },
  });
  expect(stepsOf(after(grouped, joinFrames(editor, [add('in', 0, 304), add('out', 600, 304)])))).toEqual({ g: ['split', 'train', 'in'] });
  editor.store.getState().setCollapsed(['g'], true);
  expect(joinFrames(editor, [add('in', 0, 304)])).toHaveLength(1);
  editor.saver[Symbol.dispose]();
});

describe('the clipboard', () => {
  const withNote = after(grouped, [{ op: 'note.set', note: 'n', value: { x: 300, y: 200, width: 100, height: 50, text: '# Why' } }]);

  it('takes groups and notes along, under new names', () => {
    const read = readCopiedSteps(copySteps(withNote, ['split', 'train'], ['n']));
    if (read.kind !== 'steps') throw new Error('expected steps');
    const pasted = pasteSteps(withNote, { copied: read.copied, at: null, by: { x: 400, y: 0 }, keepsIncoming: false });
    const { layout } = after(withNote, pasted.ops);
    const [id = ''] = pasted.groups;
    expect(layout.groups[id]).toEqual({ title: 'Model', steps: pasted.keys, color: 'blue' });
    expect(layout.notes[pasted.notes[0] ?? '']).toMatchObject({ x: 700, y: 200, text: '# Why' });
    expect(Object.keys(layout.groups)).toHaveLength(2);
  });

  it('says a group only with all of its steps, and is read by older ones where it has neither', () => {
    expect(JSON.parse(copySteps(withNote, ['split']))).toMatchObject({ version: 1, groups: {}, notes: {} });
    expect(JSON.parse(copySteps(withNote, [], ['n']))).toMatchObject({ version: 2 });
  });
});

describe('tidying', () => {
  it('hands ELK what is in a frame as one', () => {
    const flow = createFlowMapper()({ content: grouped, components: sampleComponents, selectedSteps: nothing, selectedEdges: nothing, areScalarsShown: false });
    const graph = toElkGraph(flow, { only: nothing, groups: grouped.layout.groups });
    expect(graph.children?.map(({ id, children }) => [id, children?.map((child) => child.id)])).toEqual([
      ['import', undefined],
      ['score', undefined],
      ['frame g', ['split', 'train']],
    ]);
    const laid = {
      id: 'pipeline',
      children: [
        { id: 'import', x: 0, y: 0 },
        { id: 'frame g', x: 80, y: 160, children: [{ id: 'split', x: 24, y: 56 }] },
      ],
    };
    expect(fromElkGraph(laid, { before: { import: { x: 0, y: 0 }, split: { x: 0, y: 200 } } }).get('split')).toEqual({ x: 104, y: 216 });
  });

  it('has notes go with the step that they stand beside, and makes room for them', () => {
    const notes = { near: { x: 260, y: 200, width: 120, height: 40, text: '' }, far: { x: 2000, y: 0, width: 10, height: 10, text: '' } };
    const { nodeOf, room } = notesBeside(notes, nodesOf(grouped), new Map());
    expect([...nodeOf]).toEqual([['near', 'split']]);
    expect(room.get('split')).toEqual({ left: 0, top: 0, right: 140, bottom: 0 });
  });
});

describe('a group as one box', () => {
  it('shows the worst of its steps and counts where they stand', () => {
    const strip = groupStrip({ statuses: { completed: 3, failed: 1, reused: 2 }, problems: 0, stale: 1, aside: 0, willRun: 0, willReuse: 0, total: 6 });
    expect(strip).toMatchObject({ status: 'failed', look: 'failed', detail: '1 failed · 3 completed · 2 reused · 1 stale' });
  });

  it('says before a run what the next one does', () => {
    expect(groupStrip({ statuses: {}, problems: 0, stale: 0, aside: 1, willRun: 2, willReuse: 1, total: 3 })).toMatchObject({
      word: 'Will run',
      detail: '2 of 3 · 1 reused · 1 left out',
    });
    expect(groupStrip({ statuses: {}, problems: 2, stale: 0, aside: 0, willRun: 0, willReuse: 0, total: 3 })).toMatchObject({
      look: 'problem',
      word: '2 problems',
    });
  });

  it('is no edit of the draft, is remembered in this browser, and opens for whoever comes to a step in it', () => {
    const open = () => createEditorStore({ draftId: 'paper', content: grouped, components: {} });
    const first = open();
    first.getState().setCollapsed(['g'], true);
    expect(first.getState()).toMatchObject({ lastEdit: null, undoEntries: [], content: grouped });
    const second = open();
    expect([...second.getState().collapsedGroups]).toEqual(['g']);
    second.getState().select({ steps: ['train'] });
    expect(second.getState().collapsedGroups.size).toBe(0);
  });
});

it('the data of an input is that of the step that it reads, also where a collapsed group hides that', async () => {
  const editor = await openEditor(grouped);
  editor.store.getState().setCollapsed(['g'], true);
  const source = sourceOfPort(editor.derived.getState().flow.edges, { step: 'score', side: 'inputs', port: 'model' });
  expect(source).toEqual({ step: 'train', port: 'model' });
  editor.saver[Symbol.dispose]();
  localStorage.clear();
});

describe('a selected step', () => {
  const open = () => createEditorStore({ draftId: 'hides', content: grouped, components: {} });

  it('that a collapsed group hides gives the selection to the group; what is still seen stays selected', () => {
    const { getState } = open();
    getState().select({ steps: ['train', 'score'], notes: ['n'] });
    getState().setCollapsed(['g'], true);
    const { selectedSteps, selectedGroups, selectedNotes } = getState();
    expect([[...selectedSteps], [...selectedGroups], [...selectedNotes]]).toEqual([['score'], ['g'], ['n']]);
    expect(getState().collapsedGroups).toEqual(new Set(['g']));
    getState().setCollapsed(['g'], false);
  });

  it('is seen when the group that was ungrouped around it comes back', async () => {
    const editor = await openEditor(grouped);
    const { getState } = editor.store;
    getState().select({ groups: ['g'] });
    getState().setCollapsed(['g'], true);
    ungroupSelected(editor);
    getState().undo();
    expect([getState().selectedSteps, getState().collapsedGroups]).toEqual([new Set(['split', 'train']), new Set()]);
    editor.saver[Symbol.dispose]();
  });
});

it('the end of a move by hand is an edit of notes, too: it is saved as soon as one of steps', () => {
  const content = after(placed, [{ op: 'note.set', note: 'n', value: { x: 8, y: 0, width: 100, height: 50, text: '' } }]);
  // Taken at 0, and moved there before the pointer was let go.
  const held = { steps: new Map(), notes: new Map([['n', { x: 0, y: 0 }]]) };
  expect(moveHeld(content, held, { x: 8, y: 0 })).toMatchObject([{ op: 'note.set', note: 'n', value: { x: 8, y: 0 } }]);
});

it('a note is called by its first line', () => {
  expect(titleOfNote({ text: '\n## Why **this** way\nmore' })).toBe('Why this way');
  expect(titleOfNote({ text: ' ' })).toBe('Empty note');
});
