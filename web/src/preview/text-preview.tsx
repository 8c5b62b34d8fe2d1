import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { messageOf } from '../api/api-error.ts';
import { type OutputAddress, previewQuery } from '../api/step-runs.ts';
import { formatBytes, formatCount } from '../ui/format/number.ts';
import { linesOf } from './text-lines.ts';
import type { TextPiece } from './text-piece.ts';
import classes from './text.module.css';

interface TextPreviewProps {
  readonly first: TextPiece;
  readonly output: OutputAddress;
}

const lineHeight = 19;

/** A text with its line numbers; of a long one the next piece comes as its end comes into sight. */
export function TextPreview({ first, output }: TextPreviewProps) {
  const box = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery({
    queryKey: [...previewQuery(output).queryKey, 'text'],
    queryFn: async ({ client, pageParam }) => {
      const piece = await client.ensureQueryData(previewQuery(output, pageParam));
      if (piece.kind !== 'text') throw new Error(piece.kind === 'unavailable' ? piece.message : 'It is no text any more.');
      return piece;
    },
    initialPageParam: 0,
    initialData: { pages: [first], pageParams: [0] },
    staleTime: Number.POSITIVE_INFINITY,
    getNextPageParam: ({ isTruncated, end }) => (isTruncated ? end : null),
  });
  const { pages } = query.data;
  const lines = useMemo(() => linesOf(pages.map(({ text }) => text)), [pages]);
  // oxlint-disable-next-line react/incompatible-library -- it reads the scroll position while drawing, and says so
  const rows = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => lineHeight, overscan: 20 });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const isNearEnd = last >= lines.length - 40;
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetching) void fetchNextPage();
  }, [isNearEnd, hasNextPage, isFetching, fetchNextPage]);
  const read = pages.at(-1);
  const digits = String(lines.length).length;
  return (
    <div className={classes.text}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div ref={box} className={classes.scroll} tabIndex={0} role="region" aria-label="Text">
        <pre className={classes.lines} style={Object.assign({ height: rows.getTotalSize() }, { '--digits': `${digits}ch` })}>
          {items.map(({ index, start }) => (
            <span key={index} className={classes.line} data-number={index + 1} style={{ transform: `translateY(${start}px)` }}>
              {lines[index]}
              {'\n'}
            </span>
          ))}
        </pre>
      </div>
      <footer className={classes.foot}>
        <span>
          {read?.isTruncated ? 'The first ' : ''}
          {formatCount(lines.length)} {lines.length === 1 ? 'line' : 'lines'}
        </span>
        {read?.isTruncated && (
          <span>
            {formatBytes(read.end)} of {formatBytes(read.sizeBytes)}: scroll on for more
          </span>
        )}
        {query.isFetchNextPageError && (
          <button type="button" className={`pw-link ${classes.link}`} onClick={() => void fetchNextPage()}>
            {messageOf(query.error)} Try again
          </button>
        )}
      </footer>
    </div>
  );
}
