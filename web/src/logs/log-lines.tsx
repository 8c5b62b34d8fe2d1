import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef } from 'react';
import type { LogMatch } from './find-in-log.ts';
import { LogLine } from './log-line.tsx';
import classes from './logs.module.css';

interface LogLinesProps {
  readonly label: string;
  readonly lines: readonly string[];
  readonly matches: readonly LogMatch[];
  readonly current: LogMatch | undefined;
  readonly errorLine: number;
  readonly isFollowing: boolean;
  /** The line to bring into view when it changes. */
  readonly goal: number | null;
  /** The person scrolled away from the end. */
  readonly onLeaveEnd: () => void;
}

const lineHeight = 19;
const noMatches: readonly LogMatch[] = [];

/** Only the lines in sight are drawn. */
export const LogLines = memo(function LogLines(props: LogLinesProps) {
  const { lines, matches, current, isFollowing, goal } = props;
  const box = useRef<HTMLDivElement>(null);
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
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div ref={box} className={classes.lines} role="log" aria-label={props.label} aria-live="off" tabIndex={0} onWheel={(event) => event.deltaY < 0 && props.onLeaveEnd()}>
      <div style={{ height: virtualizer.getTotalSize() }} className={classes.sheet}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <LogLine
            key={index}
            number={index + 1}
            text={lines[index] ?? ''}
            top={start}
            matches={matchesByLine.get(index) ?? noMatches}
            current={current?.line === index ? current : undefined}
            isError={index === props.errorLine}
          />
        ))}
      </div>
    </div>
  );
});
