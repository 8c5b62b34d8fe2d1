import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepCounts, StepRun } from '@pipewright/shared/run/step-run.ts';
import { describeStep } from './describe-step.ts';

export interface LiveTable {
  change(steps: readonly StepRun[], counts: StepCounts): void;
  /** A line that stays. */
  say(text: string): void;
  /** Draws the times of what goes on anew. */
  draw(): void;
  /** Leaves only what stays, and a last line. */
  close(text: string): void;
}

/**
 * On a terminal: a line for each step that has ended, which stays, and under them, drawn over itself, what goes on and how
 * many steps stand where. So it fits any terminal, and what is scrolled back to is a plain list of what became of each step.
 */
export function createLiveTable(out: NodeJS.WriteStream): LiveTable {
  const going = new Map<string, StepRun>();
  let counts: StepCounts = {};
  let keyWidth = 0;
  /** Lines under what stays. */
  let drawn = 0;
  const line = (step: StepRun): string => paint(step, fit(out, `  ${step.key.padEnd(keyWidth)}  ${describeStep(step, Date.now())}`));
  const redraw = (staying: readonly string[], live: readonly string[]): void => {
    const up = drawn > 0 ? `\u001B[${drawn}A\r\u001B[J` : '';
    out.write(`${up}${[...staying, ...live].map((text) => `${text}\n`).join('')}`);
    drawn = live.length;
  };
  const live = (): string[] => {
    if (going.size === 0) return [];
    // One line for the counts, one that the cursor stands in.
    const room = Math.max((out.rows || 24) - 3, 1);
    const shown = [...going.values()].slice(0, room);
    const more = going.size - shown.length;
    return [...shown.map(line), fit(out, `  ${more > 0 ? `and ${more} more · ` : ''}${describeCounts(counts)}`)];
  };
  return {
    change: (steps, now) => {
      counts = now;
      const staying: string[] = [];
      for (const step of steps) {
        if (isShown(step)) keyWidth = Math.max(keyWidth, Math.min(step.key.length, 40));
        if (!isStepEnded(step.status) && step.status !== 'waiting') going.set(step.key, step);
        else going.delete(step.key);
        if (isStepEnded(step.status) && isShown(step)) staying.push(line(step));
      }
      redraw(staying, live());
    },
    say: (text) => redraw([text], live()),
    draw: () => redraw([], live()),
    close: (text) => redraw([text], []),
  };
}

/** An item of a loop or a trial that went well is told by the count of its step: there may be a hundred thousand. */
const isShown = ({ key, status }: StepRun): boolean => !/\/\d+$/.test(key) || !['completed', 'reused', 'skipped'].includes(status);

function describeCounts(counts: StepCounts): string {
  const entries = Object.entries(counts).filter(([, count]) => count > 0);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const told = entries.filter(([status]) => status !== 'waiting').map(([status, count]) => `${count} ${status}`);
  return [`${total} ${total === 1 ? 'step' : 'steps'}`, ...told].join(' · ');
}

/** A line that is wrapped would spoil the count of those to draw over. */
const fit = (out: NodeJS.WriteStream, text: string): string => text.slice(0, Math.max((out.columns || 80) - 1, 20));

const colours: Partial<Record<StepRun['status'], number>> = {
  completed: 32,
  reused: 36,
  running: 34,
  failed: 31,
  lost: 35,
  'timed-out': 31,
  cancelled: 90,
  blocked: 90,
  skipped: 90,
};

function paint({ status }: StepRun, text: string): string {
  // NO_COLOR counts when it is set to anything but nothing (no-color.org).
  return process.env['NO_COLOR'] ? text : `\u001B[${colours[status] ?? 39}m${text}\u001B[0m`;
}
