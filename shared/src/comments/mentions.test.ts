import { describe, expect, it } from 'vitest';
import { keysAfterAt, renameMentions, splitMentions } from './mentions.ts';

describe('mentions of steps', () => {
  it('are words after an @ that stands by itself', () => {
    expect(keysAfterAt('@train, then @outer/inner. (@score) and @train again; ada@example.org, @2nd, @@x, a/@b')).toEqual(['train', 'outer/inner', 'score']);
  });

  it('part a text; what is no step stays text', () => {
    expect(splitMentions('See @train, not @nobody.', ['train'])).toEqual([
      { kind: 'text', text: 'See ' },
      { kind: 'step', step: 'train' },
      { kind: 'text', text: ', not @nobody.' },
    ]);
    expect(splitMentions('@train', ['train'])).toEqual([{ kind: 'step', step: 'train' }]);
    expect(splitMentions('', [])).toEqual([]);
  });

  it('follow a step to its new key, and those inside it with it', () => {
    const message = { text: '@train @train/one @trainer @other @train', mentions: ['train', 'train/one', 'trainer'] };
    expect(renameMentions(message, 'train', 'fit')).toEqual({ text: '@fit @fit/one @trainer @other @fit', mentions: ['fit', 'fit/one', 'trainer'] });
    expect(renameMentions(message, 'score', 'x')).toBe(message);
    // A word that mentioned nothing when it was written begins to mention nothing now.
    expect(renameMentions(message, 'other', 'x')).toBe(message);
  });
});
