import { memo } from 'react';
import type { LogMatch } from './find-in-log.ts';
import { parseAnsi } from './parse-ansi.ts';
import { splitMatches } from './split-matches.ts';
import classes from './logs.module.css';

interface LogLineProps {
  readonly number: number;
  readonly text: string;
  readonly top: number;
  readonly matches: readonly LogMatch[];
  readonly current: LogMatch | undefined;
  readonly isError: boolean;
  readonly isOurs: boolean;
}

export const LogLine = memo(function LogLine({ number, text, top, matches, current, isError, isOurs }: LogLineProps) {
  return (
    <div
      className={classes.line}
      style={{ transform: `translateY(${top}px)` }}
      data-error={isError || undefined}
      data-ours={isOurs || undefined}
      data-current={current !== undefined || undefined}
    >
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <span>
        {splitMatches(parseAnsi(text), matches, current).map((span, index) =>
          span.mark === 'none' ? (
            <span key={index} data-ansi={span.colour ?? undefined} data-bold={span.isBold || undefined}>
              {span.text}
            </span>
          ) : (
            <mark key={index} data-current={span.mark === 'current' || undefined}>
              {span.text}
            </mark>
          ),
        )}
      </span>
    </div>
  );
});
