import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { describe, expect, it } from 'vitest';
import { createFlowMapper, type FlowGraph } from './flow-graph.ts';
import { sourcesIn } from './run-facts.ts';

const block = (key: string): string => `\${{parent.jobs.${key}}}`;
const jobs = {
  measure: { command: 'true', outputs: { rows: { type: 'uri_folder' } } },
  decide: { type: 'if_else', condition: true, true_block: block('each'), false_block: [block('bad')] },
  bad: { command: 'true', depends_on: 'decide' },
  work: { command: 'ls ${{inputs.rows}}', inputs: { rows: '${{parent.jobs.measure.outputs.rows}}', letter: 'x' } },
  each: { type: 'parallel_for', body: block('work'), items: [{ letter: 'a' }, { letter: 'b' }] },
  again: { type: 'do_while', body: block('bad'), condition: 'more' },
};
const toFlow = (prefix = '', changed: object = {}): FlowGraph =>
  createFlowMapper(prefix)({
    content: { document: Pipeline.parse({ type: 'pipeline', jobs: { ...jobs, ...changed } }), layout: { steps: {}, groups: {}, notes: {} } },
    components: {},
    selectedSteps: new Set(),
    selectedEdges: new Set(),
    areScalarsShown: false,
  });
const viewOf = (flow: FlowGraph, key: string) => flow.nodes.find(({ id }) => id === key)?.data.view;

describe('branches and loops of Azure', () => {
  it('lead from a branch to its blocks and from a body to its loop, each pair once', () => {
    expect(toFlow().controls.map(({ from, to, label, text }) => [from, to, label, text])).toEqual([
      ['decide', 'bad', 'if false', 'bad runs if decide is false'],
      ['decide', 'each', 'if true', 'each runs if decide is true'],
      ['work', 'each', 'for each item', 'each runs work for each item'],
      ['bad', 'again', 'again and again', 'again runs bad again and again'],
    ]);
  });

  it('say on their nodes what they are, and on others what they say of them', () => {
    const flow = toFlow();
    const marks = ['decide', 'each', 'work', 'bad', 'again'].map((key) => viewOf(flow, key)?.marks.map(({ kind, text }) => `${kind}: ${text}`));
    expect(marks).toEqual([
      ['branch: chooses by true'],
      ['loop: runs work for each item', 'condition: runs only if decide is true'],
      ['loop: is done by each, for each item'],
      ['condition: runs only if decide is false', 'repeated: is repeated by again'],
      ['repeated: repeats bad until its condition is false'],
    ]);
    expect(viewOf(flow, 'each')).toMatchObject({ subtitle: 'Loop over 2 items', version: 'loop in this pipeline' });
  });

  it('give the body of a loop the loop that does its work, which waits for what the body reads', () => {
    const flow = toFlow('outer/');
    expect(viewOf(flow, 'outer/work')?.loop).toBe('outer/each');
    expect(viewOf(flow, 'outer/bad')?.loop).toBe('outer/again');
    expect(viewOf(flow, 'outer/measure')?.loop).toBeNull();
    expect(sourcesIn(flow).get('outer/each')).toEqual(['outer/decide', 'outer/work', 'outer/measure']);
  });

  it('draw a step anew when a branch names it no longer', () => {
    const toGraph = createFlowMapper();
    const draw = (document: object): FlowGraph =>
      toGraph({
        content: { document: Pipeline.parse({ type: 'pipeline', ...document }), layout: { steps: {}, groups: {}, notes: {} } },
        components: {},
        selectedSteps: new Set(),
        selectedEdges: new Set(),
        areScalarsShown: false,
      });
    expect(viewOf(draw({ jobs }), 'each')?.marks).toHaveLength(2);
    expect(viewOf(draw({ jobs: { ...jobs, decide: { ...jobs.decide, true_block: [] } } }), 'each')?.marks).toHaveLength(1);
  });
});
