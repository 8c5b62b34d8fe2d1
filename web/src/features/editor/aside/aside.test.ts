import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { describe, expect, it } from 'vitest';
import { createFlowMapper } from '../../../canvas/flow-graph.ts';
import { sampleComponents, samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { draftStrip, type StripFacts } from '../model/draft-strip.ts';
import { pinTo, toggleBypassed, toggleDisabled } from './aside-ops.ts';
import { plainStripFacts } from '../testing/plain-strip-facts.ts';

function after(content: DraftContent, ops: readonly DraftOp[]): DraftContent {
  const applied = applyDraftOps(content, ops);
  if (!applied.ok) throw new Error(applied.message);
  return applied.content;
}

const tagsOf = (content: DraftContent, step: string) => content.document.jobs[step]?.tags;
const nothing: ReadonlySet<string> = new Set();

/**
 *   import ──> split ──first──> train ──model──> score
 *                └────────second─────────────────────┘
 */
describe('a step is set aside by a tag of its own', () => {
  const content = after(samplePipeline(), [{ op: 'step.setField', step: 'split', field: 'tags', value: { team: 'a' } }]);

  it('that goes as it came, beside the tags that are there; several go the way of the first', () => {
    const disabled = after(content, toggleDisabled(content, ['split']).ops);
    expect(tagsOf(disabled, 'split')).toEqual({ team: 'a', 'pipewright.disabled': 'true' });
    const both = toggleDisabled(disabled, ['split', 'train']);
    expect([both.isOn, tagsOf(after(disabled, both.ops), 'train')]).toEqual([true, { 'pipewright.disabled': 'true' }]);
    expect(after(disabled, toggleDisabled(disabled, ['split']).ops).document).toEqual(content.document);
  });

  it('and says one thing at a time', () => {
    const bypassed = after(content, toggleBypassed(content, ['split'], sampleComponents).ops);
    expect(tagsOf(bypassed, 'split')).toEqual({ team: 'a', 'pipewright.bypass': 'true' });
    const pinned = after(bypassed, pinTo(bypassed, 'split', { run: '38', step: 'split' }));
    expect(tagsOf(pinned, 'split')).toEqual({ team: 'a', 'pipewright.pin': '38 split' });
    expect(tagsOf(after(pinned, pinTo(pinned, 'split', null)), 'split')).toEqual({ team: 'a' });
  });

  it('is not bypassed where no input fits, with the reason', () => {
    const { ops, refused } = toggleBypassed(content, ['train'], sampleComponents);
    expect(ops).toEqual([]);
    expect(refused).toMatchObject({ step: 'train', why: expect.stringContaining('mlflow_model') });
  });

  it('is drawn so, and so is what needs it', () => {
    const disabled = after(content, toggleDisabled(content, ['train']).ops);
    const { nodes } = createFlowMapper()({
      content: disabled,
      components: sampleComponents,
      selectedSteps: nothing,
      selectedEdges: nothing,
      areScalarsShown: false,
    });
    expect(nodes.flatMap(({ id, data }) => (data.view.aside ? [[id, data.view.aside]] : []))).toEqual([
      ['train', { kind: 'disabled', text: '' }],
      ['score', { kind: 'needs', text: 'needs train' }],
    ]);
  });
});

describe('its strip', () => {
  const facts: StripFacts = { ...plainStripFacts, version: 'Split 1' };

  it('says that it is not run, and why, before what came of it', () => {
    expect(draftStrip({ ...facts, aside: { kind: 'disabled', text: '' } })).toMatchObject({ look: 'disabled', word: 'Disabled' });
    expect(draftStrip({ ...facts, aside: { kind: 'needs', text: 'needs Train' }, problems: ['model'] })).toMatchObject({
      word: 'Not run',
      detail: 'needs Train',
    });
    expect(draftStrip({ ...facts, pinnedTo: '38' })).toMatchObject({ look: 'pinned', word: 'Pinned', detail: 'result of run 38' });
  });

  it('says of a pinned step what is wrong with it first', () => {
    expect(draftStrip({ ...facts, pinnedTo: '38', problems: ['no earlier result'] })).toMatchObject({ look: 'problem' });
  });
});
