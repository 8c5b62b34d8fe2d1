import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { readLog, type StepAddress } from '../api/step-runs.ts';
import { useSocket } from '../realtime/socket.ts';
import { watchLog } from '../realtime/watch-log.ts';
import { createLogBuffer } from './log-buffer.ts';
import { piecesOf } from './log-pieces.ts';

export interface StepLog {
  readonly lines: readonly string[];
  /** Which of them are the step's own. */
  readonly stepFrom: number;
  readonly stepTo: number;
  readonly state: 'reading' | 'following' | 'ended' | 'unreadable';
  /** Why it cannot be read. */
  readonly error: string | null;
  /** Bytes at the beginning that are left out, because the log is very long. */
  readonly skippedBytes: number;
}

const nothing: StepLog = { lines: [], stepFrom: 0, stepTo: 0, state: 'reading', error: null, skippedBytes: 0 };

/** The log of a step's attempt (the newest unless said), as it grows. Null: no step, nothing to read. */
export function useLog(address: StepAddress | null, attempt?: number): StepLog {
  const socket = useSocket();
  const [log, setLog] = useState(nothing);
  const run = address?.run;
  const step = address?.step;
  const shownKey = useRef('');
  useEffect(() => {
    const key = `${run} ${step} ${attempt}`;
    if (shownKey.current !== key) setLog(nothing);
    shownKey.current = key;
    if (run === undefined || step === undefined) return;
    const buffer = createLogBuffer();
    const update = (change: Partial<StepLog>): void =>
      setLog((before) => ({ ...before, lines: buffer.lines, stepFrom: buffer.stepFrom, stepTo: buffer.stepTo, ...change }));
    return watchLog(socket, {
      run,
      step,
      attempt,
      read: (range) => readLog({ run, step, ...range }),
      append: (part) => {
        for (const { text, isOurs } of piecesOf(part)) buffer.append(text, isOurs);
        update({});
      },
      reset: () => {
        buffer.clear();
        update({ skippedBytes: 0 });
      },
      onSkipped: (skippedBytes) => update({ skippedBytes }),
      onCaughtUp: (isEnded) => update({ state: isEnded ? 'ended' : 'following', error: null }),
      onError: (error) => update({ state: 'unreadable', error: messageOf(error) }),
    });
  }, [socket, run, step, attempt]);
  return log;
}
