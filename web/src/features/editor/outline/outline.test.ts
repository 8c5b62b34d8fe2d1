import { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { describe, expect, it } from 'vitest';
import { createFinder } from './find-in-draft.ts';
import { outlineLines, type OutlinedGraph, type OutlineView } from './outline-lines.ts';

const content = DraftContent.parse({
  document: {
    type: 'pipeline',
    jobs: {
      report: { command: 'true', display_name: 'Report', inputs: { model: '${{parent.jobs.train.outputs.out}}' } },
      train: { component: 'azureml:training:1', display_name: 'Train model', inputs: { data: '${{parent.jobs.clean.outputs.out}}', rate: 0.25 } },
      load: { command: 'true', display_name: 'Load', description: 'From the harbour' },
      clean: { command: 'true', inputs: { data: '${{parent.jobs.load.outputs.out}}' } },
    },
  },
  layout: {
    steps: {},
    notes: { low: { x: 0, y: 9, width: 1, height: 1, text: 'train again' }, high: { x: 0, y: 1, width: 1, height: 1, text: 'Train twice' } },
    groups: { prep: { title: 'Preparation', steps: ['load', 'clean'] } },
  },
});

const graph = (of: typeof content, pipelines: readonly string[] = []): OutlinedGraph => ({
  ...of,
  titleOf: (key) => of.document.jobs[key]?.display_name ?? key,
  isPipeline: (key) => pipelines.includes(key),
});
const inner = DraftContent.parse({ document: { type: 'pipeline', jobs: { fit: { command: 'true' } } }, layout: { steps: {}, notes: {}, groups: {} } });
const view = (changes: Partial<OutlineView> = {}): OutlineView => ({ expanded: new Set(), filter: '', inside: new Map(), ...changes });
const draw = (changes?: Partial<OutlineView>) =>
  outlineLines(graph(content, ['train']), view(changes)).map(
    ({ id, level, isExpanded, place, siblings }) => `${level} ${id} ${place}/${siblings} ${isExpanded}`,
  );

describe('the outline of a draft', () => {
  it('has its steps as they run, groups and pipelines closed', () => {
    expect(draw()).toEqual(['1 group prep 1/4 false', '1 train 2/4 false', '1 report 3/4 null', '1 all notes 4/4 false']);
  });

  it('shows what lies open inside', () => {
    expect(draw({ expanded: new Set(['group prep', 'train', 'all notes']), inside: new Map([['train', graph(inner)]]) })).toEqual([
      '1 group prep 1/4 true',
      '2 load 1/2 null',
      '2 clean 2/2 null',
      '1 train 2/4 true',
      '2 train/fit 1/1 null',
      '1 report 3/4 null',
      '1 all notes 4/4 true',
      '2 note high 1/2 null',
      '2 note low 2/2 null',
    ]);
  });

  it('leaves what answers a filter, and what that lies in', () => {
    expect(draw({ filter: 'clean' })).toEqual(['1 group prep 1/1 true', '2 clean 1/1 null']);
  });
});

describe('what is found on the canvas', () => {
  const searched = { content, views: new Map() };
  const toWords = (found: ReturnType<ReturnType<typeof createFinder>>) => found.map(({ id, where }) => `${id} by ${where}`);
  const find = (query: string) => toWords(createFinder(searched)(query));

  it('answers by its name, key, component, parameters and description; notes by their text', () => {
    expect(find('train')).toEqual(['train by name', 'report by model: ${{parent.jobs.train.outputs.out}}', 'high by note', 'low by note']);
    expect(find('0.25')).toEqual(['train by rate: 0.25']);
    expect(find('rate')).toEqual(['train by rate: 0.25']);
    expect(find('HARBOUR')).toEqual(['load by description']);
  });

  it('holds every word, wherever each stands; nothing answers to nothing', () => {
    expect(find('model 0.25')).toEqual(['train by name']);
    expect(find('model nowhere')).toEqual([]);
    expect(find(' ')).toEqual([]);
  });

  it('letter by letter is what is found at once', () => {
    const finder = createFinder(searched);
    for (const query of ['m', 'mo', 'model', 'model ', 'model 0', 'model 0.25', 'model 0.2', 'nothing', 'nothing here', 'har']) {
      expect(toWords(finder(query))).toEqual(find(query));
    }
  });
});
