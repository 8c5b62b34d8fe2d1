import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { removeSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { readPipeline } from '@pipewright/shared/yaml/read-pipeline.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';

/** Files as teams write them, each with an edit; what is in the folder beside them was read and found right. */
const edits: readonly (readonly [file: string, edit: string, ops: (content: DraftContent) => DraftOp[]])[] = [
  ['team-comments', 'input-set', () => [{ op: 'step.setInput', step: 'train', input: 'learning_rate', value: 0.1 }]],
  ['team-comments', 'step-removed', (content) => removeSteps(content, new Set(['prep']))],
  ['team-comments', 'step-renamed', () => [{ op: 'step.rename', step: 'prep', to: 'clean' }]],
  ['flow-style', 'input-removed', () => [{ op: 'step.setInput', step: 'load', input: 'n' }]],
  ['flow-style', 'text-that-needs-quotes', () => [{ op: 'step.setField', step: 'load', field: 'compute', value: 'a, {b}' }]],
  ['windows', 'text-became-number', () => [{ op: 'step.setInput', step: 'fit', input: 'rate', value: 0.1 }]],
  ['windows', 'long-command', () => [{ op: 'step.setField', step: 'load', field: 'command', value: 'one\ntwo\n' }]],
  ['anchors', 'command-set', () => [{ op: 'step.setField', step: 'train', field: 'command', value: 'python train.py --fast' }]],
  ['anchors', 'command-of-lines', () => [{ op: 'step.setField', step: 'train', field: 'command', value: 'python train.py\necho done' }]],
  ['anchors', 'anchor-changed', () => [{ op: 'step.setField', step: 'train', field: 'limits', value: { timeout: 60 } }]],
  ['anchors', 'merged-removed', () => [{ op: 'step.setField', step: 'prep', field: 'compute' }]],
  ['literal-command', 'output-bound', () => [{ op: 'step.setOutput', step: 'build', output: 'table', value: { mode: 'upload' } }]],
  ['literal-command', 'variable-set', () => [{ op: 'step.setField', step: 'notify', field: 'environment_variables', value: { RETRIES: '5' } }]],
  ['component-inline', 'step-moved', () => [{ op: 'layout.move', step: 'train', to: { x: 160, y: 40 } }]],
  ['component-inline', 'description-set', () => [{ op: 'step.setField', step: 'train', field: 'description', value: 'the only one' }]],
];

it.each(edits)('%s, edited: %s', async (file, edit, ops) => {
  const original = readFileSync(fileURLToPath(new URL(`golden/${file}.yml`, import.meta.url)), 'utf8');
  const { content, problems } = readPipeline(original);
  if (!content) throw new Error(problems.map(({ message }) => message).join('\n'));
  expect(writePipeline(content, original)).toBe(original);
  const edited = applyDraftOps(content, ops(content));
  if (!edited.ok) throw new Error(edited.message);
  const written = writePipeline(edited.content, original);
  expect(readPipeline(written).content).toEqual(edited.content);
  // A snapshot of a file does not look at line ends.
  expect(/(?<!\r)\n/.test(written)).toBe(/(?<!\r)\n/.test(original));
  await expect(written).toMatchFileSnapshot(`golden/${file}.${edit}.yml`);
});
