import type { Run } from '@pipewright/shared/http/runs.ts';
import type { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { describeRunLength } from './describe-run.ts';
import { describeStep } from './describe-step.ts';

/** What a person sees while a run goes on. */
export interface Progress {
  begin(run: Pick<RunSummary, 'id' | 'name'>): void;
  show(event: StoredRunEvent): void;
  say(text: string): void;
  end(run: Run): void;
}

/** A live table on a terminal that has room for it, a line per change elsewhere. */
export function createProgress(out: NodeJS.WriteStream): Progress {
  return out.isTTY ? liveTable(out) : lines(out);
}

function lines(out: NodeJS.WriteStream): Progress {
  return {
    begin: (run) => out.write(`run ${run.id}  ${run.name}\n`),
    show: ({ changes }) => {
      for (const step of changes.steps) out.write(`${step.key}  ${describeStep(step, Date.now())}\n`);
    },
    say: (text) => out.write(`${text}\n`),
    end: (run) => out.write(`${closing(run)}\n`),
  };
}

/** So often the times of running steps are drawn anew. */
const tickMs = 1000;

function liveTable(out: NodeJS.WriteStream): Progress {
  const rows = new Map<string, StepRun>();
  let drawn = 0;
  /** A table that is taller than the terminal cannot be drawn over itself. */
  const fits = (): boolean => rows.size < out.rows - 1;
  const draw = (): void => {
    if (rows.size === 0 || !fits()) return;
    const width = Math.max(...[...rows.keys()].map((key) => key.length));
    const text = [...rows.values()].map((step) => {
      const line = `  ${step.key.padEnd(width)}  ${describeStep(step, Date.now())}`.slice(0, Math.max(out.columns - 1, 20));
      return `\u001B[2K${paint(step, line)}`;
    });
    out.write(`${drawn > 0 ? `\u001B[${drawn}A` : ''}${text.join('\n')}\n`);
    drawn = text.length;
  };
  const tick = setInterval(draw, tickMs);
  tick.unref();
  return {
    begin: (run) => out.write(`run ${run.id}  ${run.name}\n`),
    show: ({ changes }) => {
      for (const step of changes.steps) rows.set(step.key, step);
      if (fits()) draw();
      else for (const step of changes.steps) out.write(`${paint(step, `${step.key}  ${describeStep(step, Date.now())}`)}\n`);
    },
    say: (text) => {
      out.write(`${text}\n`);
      drawn = 0;
    },
    end: (run) => {
      clearInterval(tick);
      out.write(`${closing(run)}\n`);
    },
  };
}

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
  waiting: 90,
};

function paint({ status }: StepRun, text: string): string {
  // NO_COLOR counts when it is set to anything but nothing (no-color.org).
  return process.env['NO_COLOR'] ? text : `\u001B[${colours[status] ?? 39}m${text}\u001B[0m`;
}

function closing(run: Run): string {
  const took = run.endedAt === null ? '' : ` in ${describeRunLength(run)}`;
  return `run ${run.id} ${run.status}${took}${run.error === null ? '' : `: ${run.error}`}`;
}
