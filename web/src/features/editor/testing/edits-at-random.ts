import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { removeSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import fc from 'fast-check';

export const emptyContent: DraftContent = { document: emptyPipeline('Test'), layout: emptyLayout, text: '# one\n# two\n# three\n' };

/** What a person means to do; which step it hits depends on what is there by then. */
export const anyIntent = fc.record({
  kind: fc.constantFrom('add', 'remove', 'rename', 'connect', 'set', 'move', 'name', 'describe', 'comment'),
  which: fc.nat(20),
  other: fc.nat(20),
  value: fc.nat(99),
});
export type Intent = typeof anyIntent extends fc.Arbitrary<infer T> ? T : never;

/** The operations of an intent on a content, as the designer would make them; none where it means nothing. */
export function opsOf(content: DraftContent, { kind, which, other, value }: Intent): DraftOp[] {
  const keys = Object.keys(content.document.jobs);
  const step = keys[which % Math.max(1, keys.length)];
  const source = keys[other % Math.max(1, keys.length)];
  if (kind === 'add') {
    const key = makeStepKey('split', content.document.jobs);
    return [{ op: 'step.add', step: key, value: { command: 'true', inputs: {}, outputs: {} }, position: { x: value, y: value } }];
  }
  if (kind === 'describe') return [{ op: 'pipeline.setMeta', field: 'description', value: `text ${value}` }];
  if (kind === 'comment') {
    const line = content.text?.split('\n')[which % 3] ?? '';
    return [{ op: 'text.splice', at: content.text?.indexOf(line) ?? 0, removed: line, inserted: `${line.slice(0, 40)} ${value}` }];
  }
  if (step === undefined || source === undefined) return [];
  switch (kind) {
    case 'remove':
      return removeSteps(content, new Set([step]));
    case 'rename': {
      const to = makeStepKey(`step_${value % 3}`, content.document.jobs);
      return [{ op: 'step.rename', step, to }];
    }
    case 'connect':
      return [{ op: 'step.setInput', step, input: `in_${value % 2}`, value: `\${{parent.jobs.${source}.outputs.out}}` }];
    case 'set':
      return [{ op: 'step.setInput', step, input: `in_${value % 2}`, ...(value % 5 === 0 ? {} : { value }) }];
    case 'move':
      return [{ op: 'layout.move', step, to: { x: value, y: other } }];
    case 'name':
      return [{ op: 'step.setField', step, field: 'display_name', value: `name ${value}` }];
  }
}

export function applied(content: DraftContent, ops: readonly DraftOp[]): DraftContent {
  const result = applyDraftOps(content, ops);
  if (!result.ok) throw new Error(result.message);
  return result.content;
}
