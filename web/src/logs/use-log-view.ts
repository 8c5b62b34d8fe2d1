import { useDeferredValue, useMemo, useState } from 'react';
import type { StepAddress } from '../api/step-runs.ts';
import { findErrorLine, findInLog, type LogMatch } from './find-in-log.ts';
import { type StepLog, useLog } from './use-log.ts';

/** A log with what a person does to it: searches, follows, jumps. */
export interface LogView {
  readonly log: StepLog;
  /** The attempt that was chosen; undefined: the newest. */
  readonly attempt: number | undefined;
  readonly query: string;
  readonly matches: readonly LogMatch[];
  /** The number of the match shown, from 1; 0 when there is none. */
  readonly position: number;
  readonly current: LogMatch | undefined;
  /** -1 while the first error is not in the log. */
  readonly errorLine: number;
  readonly isFollowing: boolean;
  /** The line that was last asked for. */
  readonly goal: number | null;
  readonly chooseAttempt: (attempt: number | undefined) => void;
  readonly search: (query: string) => void;
  readonly stepMatch: (by: 1 | -1) => void;
  readonly showError: () => void;
  readonly follow: (isFollowing: boolean) => void;
}

interface LogViewOptions {
  readonly address: StepAddress;
  readonly attempts: number;
  readonly firstError: string | undefined;
}

export function useLogView({ address, attempts, firstError }: LogViewOptions): LogView {
  const [attempt, chooseAttempt] = useState<number | undefined>(undefined);
  const log = useLog(attempts > 0 ? address : null, attempt);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [isFollowing, follow] = useState(firstError === undefined);
  const [goal, setGoal] = useState<number | null>(null);
  const asked = useDeferredValue(query);
  const matches = useMemo(() => findInLog(log.lines, asked), [log.lines, asked]);
  const errorLine = useMemo(() => findErrorLine(log.lines, firstError, log.stepFrom), [log.lines, log.stepFrom, firstError]);
  const index = Math.min(chosen, matches.length - 1);

  const show = (line: number): void => {
    follow(false);
    setGoal(line);
  };
  return {
    log,
    attempt,
    query,
    matches,
    position: index + 1,
    current: matches[index],
    errorLine,
    isFollowing,
    // Of a failure the first error is what a person came for.
    goal: goal ?? (errorLine >= 0 && !isFollowing ? errorLine : null),
    chooseAttempt,
    search: (text) => {
      setQuery(text);
      setChosen(0);
      const [first] = findInLog(log.lines, text);
      if (first) show(first.line);
    },
    stepMatch: (by) => {
      if (matches.length === 0) return;
      const next = (index + by + matches.length) % matches.length;
      setChosen(next);
      show(matches[next]?.line ?? 0);
    },
    showError: () => show(errorLine),
    follow,
  };
}
