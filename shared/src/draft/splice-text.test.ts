import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLayout } from '../pipeline/layout.ts';
import { emptyPipeline } from '../pipeline/pipeline.ts';
import { dose } from '../testing/dose.ts';
import { applyDraftOps } from './apply-draft-ops.ts';
import { textOps } from './splice-text.ts';

const content = (text: string | undefined) => ({ document: emptyPipeline('Test'), layout: emptyLayout, text });
const words = fc.array(fc.constantFrom('a: 1\n', 'b: 2\n', '# c\n', '\n', 'd'), { maxLength: 15 }).map((lines) => lines.join(''));

describe('textOps', () => {
  it('make one text of the other, and their inverse makes it back', () => {
    fc.assert(
      fc.property(fc.option(words, { nil: undefined }), words, (before, after) => {
        const applied = applyDraftOps(content(before), textOps(before, after));
        if (!applied.ok) throw new Error(applied.message);
        expect(applied.content.text).toBe(after);
        const back = applyDraftOps(applied.content, applied.inverse);
        expect(back).toMatchObject({ ok: true });
        expect(back.ok && back.content.text).toBe(before);
      }),
      dose(500),
    );
  });

  it('send of a megabyte only what changes', () => {
    const before = Array.from({ length: 50_000 }, (_, index) => `line_${index}: value\n`).join('');
    const after = before.replace('line_7: value', 'line_7: other').replace('line_49999: value', 'line_49999: value # last');
    const ops = textOps(before, after);
    expect(ops).toHaveLength(2);
    expect(JSON.stringify(ops).length).toBeLessThan(400);
  });
});
