import { assertNever } from '@pipewright/shared/assert-never.ts';
import { memo } from 'react';
import { type MarkdownBlock, type MarkdownSpan, parseMarkdown } from './parse-markdown.ts';
import classes from './text.module.css';

/** A description as its author meant it. Built from elements, so nothing in the text can become a script. */
export const Markdown = memo(function Markdown({ source }: { readonly source: string }) {
  return (
    <div className={classes.markdown}>
      {parseMarkdown(source).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
});

function Block({ block }: { readonly block: MarkdownBlock }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h4>
          <Spans spans={block.text} />
        </h4>
      );
    case 'paragraph':
      return (
        <p>
          <Spans spans={block.text} />
        </p>
      );
    case 'code':
      return <pre>{block.text}</pre>;
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>
              <Spans spans={item} />
            </li>
          ))}
        </List>
      );
    }
    default:
      return assertNever(block);
  }
}

function Spans({ spans }: { readonly spans: readonly MarkdownSpan[] }) {
  return spans.map((span, index) => <Span key={index} span={span} />);
}

function Span({ span }: { readonly span: MarkdownSpan }) {
  switch (span.kind) {
    case 'text':
      return span.text;
    case 'code':
      return <code>{span.text}</code>;
    case 'strong':
      return <strong>{span.text}</strong>;
    case 'emphasis':
      return <em>{span.text}</em>;
    case 'link':
      return (
        <a href={span.href} target="_blank" rel="noreferrer">
          {span.text}
        </a>
      );
    default:
      return assertNever(span);
  }
}
