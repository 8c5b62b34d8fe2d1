// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from './parse-markdown.ts';

const text = (content: string) => ({ kind: 'text', text: content });

describe('parseMarkdown', () => {
  it('reads headings, paragraphs, lists and code', () => {
    expect(parseMarkdown('# Split\nOne line\nand the next.\n\n- a\n- b\n  goes on\n\n1. first\n```\nx = 1\n```')).toEqual([
      { kind: 'heading', level: 1, text: [text('Split')] },
      { kind: 'paragraph', text: [text('One line and the next.')] },
      { kind: 'list', isOrdered: false, items: [[text('a')], [text('b goes on')]] },
      { kind: 'list', isOrdered: true, items: [[text('first')]] },
      { kind: 'code', text: 'x = 1' },
    ]);
  });

  it('reads code, strong, emphasis and links inside a line', () => {
    expect(parseMarkdown('Use `fit` **always**, *never* [here](https://example.org/a).')).toEqual([
      {
        kind: 'paragraph',
        text: [
          text('Use '),
          { kind: 'code', text: 'fit' },
          text(' '),
          { kind: 'strong', text: 'always' },
          text(', '),
          { kind: 'emphasis', text: 'never' },
          text(' '),
          { kind: 'link', text: 'here', href: 'https://example.org/a' },
          text('.'),
        ],
      },
    ]);
  });

  it('leaves HTML and addresses that are not of the web as text', () => {
    expect(parseMarkdown('<script>x</script> [run](javascript:alert)')).toEqual([
      { kind: 'paragraph', text: [text('<script>x</script> '), text('[run](javascript:alert)')] },
    ]);
  });

  it('ends with a fence that is never closed', () => {
    expect(parseMarkdown('```\nopen')).toEqual([{ kind: 'code', text: 'open' }]);
  });
});
