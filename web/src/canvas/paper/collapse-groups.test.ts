import { describe, expect, it } from 'vitest';
import { sampleComponents, samplePipeline } from '../testing/sample-pipeline.ts';
import { createUnfoldingMapper } from '../unfold.ts';
import { createGroupCollapser, nodeOfGroup } from './collapse-groups.ts';
import { frameBoxes, frameTop } from './frame-boxes.ts';
import { nodeGapY } from '../geometry.ts';
import { notesWithin, pictureOfNotes, regionAround } from './notes-in-view.ts';

const nothing: ReadonlySet<string> = new Set();
const groups = { g: { title: 'Model', steps: ['split', 'train'] } };

function drawing() {
  const toFlow = createUnfoldingMapper();
  const content = samplePipeline();
  return (selectedSteps = nothing) =>
    toFlow({ content, components: sampleComponents, selectedSteps, selectedEdges: nothing, areScalarsShown: false, unfolded: new Map(), roomNumber: 0 });
}

/**
 *   import ──> [ split ──> train ]──> score
 *                   └───────────────────┘
 */
describe('a collapsed group', () => {
  const flow = drawing()();
  const closed = createGroupCollapser()(flow, { groups, collapsed: new Set(['g']), selectedGroups: nothing });
  const box = nodeOfGroup('g');

  it('takes the place of its steps, with the wires to the outside ending at it', () => {
    expect(closed.nodes.map(({ id }) => id)).toEqual(['import', 'score', box]);
    expect(closed.edges.map(({ source, target }) => `${source} ${target}`)).toEqual([`import ${box}`, `${box} score`, `${box} score`]);
    // By the names that they have in the document.
    expect(closed.edges.every(({ id }) => flow.edges.some((edge) => edge.id === id))).toBe(true);
  });

  it('gives each thing that is read an end of its own, and all of them one where they are many', () => {
    const ends = closed.nodes.at(-1)?.handles?.map(({ id, type }) => `${type} ${id}`);
    expect(ends).toEqual(['target in 0', 'source out 0', 'source out 1']);
    expect(closed.edges.map(({ sourceHandle, targetHandle }) => [sourceHandle, targetHandle])).toEqual([
      ['outputs.table', 'in 0'],
      ['out 0', 'inputs.model'],
      ['out 1', 'inputs.table'],
    ]);
  });

  it('is the same object while nothing of it changes', () => {
    const draw = drawing();
    const collapse = createGroupCollapser();
    const view = { groups, collapsed: new Set(['g']), selectedGroups: nothing };
    const [first, second] = [collapse(draw(), view), collapse(draw(new Set(['import'])), view)];
    expect(second.nodes.at(-1)).toBe(first.nodes.at(-1));
    expect(second.edges[1]).toBe(first.edges[1]);
  });

  it('changes nothing where no group is collapsed', () => {
    expect(createGroupCollapser()(flow, { groups, collapsed: nothing, selectedGroups: nothing })).toBe(flow);
  });
});

it('a frame fits its steps: 24 pixels around them, 38 over them, which is less than lies between two steps', () => {
  const [first, second] = drawing()().nodes.filter(({ id }) => id === 'split' || id === 'train');
  if (!first || !second) throw new Error('expected two steps');
  const box = frameBoxes(groups, [first, second]).get('g');
  expect(box).toMatchObject({
    x: Math.min(first.position.x, second.position.x) - 24,
    y: Math.min(first.position.y, second.position.y) - 38,
    height: Math.abs(first.position.y - second.position.y) + 68 + 62,
  });
  // Else its head would lie under the step above.
  expect(frameTop).toBeLessThan(nodeGapY);
  expect(frameBoxes(groups, []).size).toBe(0);
});

it('ten thousand notes are one path for each colour', () => {
  const notes = Array.from({ length: 10_000 }, (_, index) => {
    const note = { x: index * 10, y: 0, width: 8, height: 8, text: '', ...(index % 2 === 0 ? { color: 'blue' } : {}) };
    return [`n${index}`, note] as const;
  });
  const picture = pictureOfNotes(notes);
  expect([...picture.keys()]).toEqual(['blue', 'yellow']);
  expect(picture.get('blue')?.match(/M/g)).toHaveLength(5000);
});

it('of ten thousand notes those in the window are drawn, and few around it', () => {
  const notes = Array.from({ length: 10_000 }, (_, index) => {
    const note = { x: (index % 100) * 210, y: Math.floor(index / 100) * 110, width: 200, height: 100, text: '' };
    return [`n${index}`, note] as const;
  });
  for (const pan of [0, 77, 130, 255, 256, 1000, 3333]) {
    const drawn = new Set(notesWithin(notes, regionAround({ transform: [-pan, -pan, 1], width: 1100, height: 700 })));
    const seen = notesWithin(notes, { x: pan, y: pan, width: 1100, height: 700 });
    expect(seen.filter((note) => !drawn.has(note))).toEqual([]);
    expect(drawn.size).toBeLessThan(140);
  }
});
