import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { OutputAddress } from '../api/step-runs.ts';
import { Markdown } from '../ui/text/markdown.tsx';
import { JsonTree } from './json-tree.tsx';
import { TextPreview } from './text-preview.tsx';
import type { TextPiece } from './text-piece.ts';
import classes from './text.module.css';

interface DocumentPreviewProps {
  readonly piece: TextPiece;
  readonly output: OutputAddress;
}

/** A text as what it is: Markdown is set, JSON is a tree; both, and everything else, also as they are written. */
export function DocumentPreview({ piece, output }: DocumentPreviewProps) {
  const [isRaw, setIsRaw] = useState(false);
  const json = useMemo(() => (piece.language === 'json' && !piece.isTruncated ? parseJson(piece.text) : undefined), [piece]);
  const isMarkdown = piece.language === 'markdown' && !piece.isTruncated;
  const text = <TextPreview first={piece} output={output} />;
  if (json === undefined && !isMarkdown) return text;
  return (
    <>
      <div className={classes.ways}>
        <SegmentedControl
          aria-label="How it is shown"
          data={[
            { value: 'set', label: isMarkdown ? 'As a page' : 'As a tree' },
            { value: 'raw', label: 'As written' },
          ]}
          value={isRaw ? 'raw' : 'set'}
          onChange={(value) => setIsRaw(value === 'raw')}
        />
      </div>
      {isRaw && text}
      {!isRaw && isMarkdown && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <div className={classes.markdown} tabIndex={0}>
          <Markdown source={piece.text} />
        </div>
      )}
      {!isRaw && json !== undefined && <JsonTree value={json.value} />}
    </>
  );
}

/** Undefined for what is not JSON after all. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
