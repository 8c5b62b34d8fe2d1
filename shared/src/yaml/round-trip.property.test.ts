import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAlias, visit } from 'yaml';
import { applyDraftOps } from '../draft/apply-draft-ops.ts';
import type { DraftContent } from '../draft/draft-op.ts';
import { dose } from '../testing/dose.ts';
import { readPipeline } from './read-pipeline.ts';
import { readYaml } from './read-yaml.ts';
import { linesLost } from './testing/changed-lines.ts';
import { anyChoices } from './testing/choices.ts';
import { editAtRandom } from './testing/edit-at-random.ts';
import { pipelineText } from './testing/pipeline-tree.ts';
import { writePipeline } from './write-pipeline.ts';

/** Another seed is another text, not a smaller one. */
const runs = (count: number) => ({ ...dose(count), endOnFailure: true });

function read(text: string): DraftContent {
  const { content, problems } = readPipeline(text);
  if (!content) throw new Error(`${problems.map(({ message }) => message).join('\n')}\n${text}`);
  return content;
}

/** The names in it that aliases may say; in none of the texts is one there twice, which PyYAML does not read. */
function anchorsOf(text: string): string[] {
  const names: string[] = [];
  visit(readYaml(text).document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor !== undefined) names.push(node.anchor);
    },
  });
  return names;
}

const anyText = anyChoices.map(pipelineText);
const anyEdit = anyChoices.map((choices) => {
  const text = pipelineText(choices);
  return { text, ops: editAtRandom(read(text), choices) };
});

describe('a pipeline in any way of writing', () => {
  it('is the same text after reading and writing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readYaml(text).errors).toEqual([]);
        expect(writePipeline(read(text), text)).toBe(text);
      }),
      runs(40),
    );
  });

  it('says the same in a text of our own, key for key', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const content = read(text);
        const written = writePipeline(content);
        expect(read(written)).toEqual(content);
        // What is said twice the same way is said a third time in the same words.
        expect(writePipeline(read(written), written)).toBe(written);
      }),
      runs(30),
    );
  });

  it('says after an edit what the draft says, on the lines of the edit alone', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, ops }) => {
        const edited = applyDraftOps(read(text), ops);
        if (!edited.ok) throw new Error(edited.message);
        const written = writePipeline(edited.content, text);
        expect(read(written)).toEqual(edited.content);
        expect(anchorsOf(written)).toEqual([...new Set(anchorsOf(written))]);
        expect([linesLost(text, written), linesLost(written, text)]).toEqual([[], []]);
        expect(written.includes('\r\n') && /(?<!\r)\n/.test(written)).toBe(false);
        const undone = applyDraftOps(edited.content, edited.inverse);
        if (!undone.ok) throw new Error(undone.message);
        expect(writePipeline(undone.content, text)).toBe(text);
        expect(read(writePipeline(undone.content, written))).toEqual(undone.content);
      }),
      runs(40),
    );
  });
});
