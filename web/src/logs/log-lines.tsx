import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { LogMatch } from './find-in-log.ts';
import { LogLine } from './log-line.tsx';
import classes from './logs.module.css';
import type { LogView } from './use-log-view.ts';

interface LogLinesProps {
  readonly label: string;
  readonly view: LogView;
}

const lineHeight = 19;
const noMatches: readonly LogMatch[] = [];

/** Only the lines in sight are drawn. */
export function LogLines({ label, view }: LogLinesProps) {
  const { matches, current, isFollowing, goal, errorLine } = view;
  const { lines, stepFrom, stepTo } = view.log;
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it reads the scroll position while drawing, and says so
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 20,
    initialRect: { width: 400, height: 400 },
  });
  const matchesByLine = useMemo(() => Map.groupBy(matches, (match) => match.line), [matches]);

  useEffect(() => {
    if (isFollowing && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [isFollowing, lines.length, virtualizer]);
  useEffect(() => {
    if (goal !== null) virtualizer.scrollToIndex(goal, { align: 'center' });
  }, [goal, virtualizer]);

  return (
    <div
      ref={box}
      className={classes.lines}
      role="log"
      aria-label={label}
      aria-live="off"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      onWheel={(event) => event.deltaY < 0 && view.follow(false)}
    >
      <div style={{ height: virtualizer.getTotalSize() }} className={classes.sheet}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <LogLine
            key={index}
            number={index + 1}
            text={lines[index] ?? ''}
            top={start}
            matches={matchesByLine.get(index) ?? noMatches}
            current={current?.line === index ? current : undefined}
            isError={index === errorLine}
            isOurs={index < stepFrom || index >= stepTo}
          />
        ))}
      </div>
    </div>
  );
}
