import type { Run } from '@pipewright/shared/http/runs.ts';
import type { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';

/** What a person sees while a run goes on. */
export interface Progress {
  begin(run: RunSummary): void;
  show(event: StoredRunEvent): void;
  say(text: string): void;
  end(run: Run): void;
}

/** A live table on a terminal, a line per change elsewhere. */
export function createProgress(out: NodeJS.WriteStream): Progress {
  return out.isTTY ? liveTable(out) : lines(out);
}

function lines(out: NodeJS.WriteStream): Progress {
  return {
    begin: (run) => out.write(`run ${run.id}  ${run.name}\n`),
    show: ({ changes }) => {
      for (const step of changes.steps) out.write(`${step.key}  ${describe(step)}\n`);
    },
    say: (text) => out.write(`${text}\n`),
    end: (run) => out.write(`${closing(run)}\n`),
  };
}

function liveTable(out: NodeJS.WriteStream): Progress {
  const rows = new Map<string, StepRun>();
  const paint = process.env['NO_COLOR'] ? (_code: number, text: string) => text : (code: number, text: string) => `\u001B[${code}m${text}\u001B[0m`;
  let drawn = 0;
  const draw = (): void => {
    const width = Math.max(...[...rows.keys()].map((key) => key.length));
    const text = [...rows.values()].map((step) => {
      const line = `  ${step.key.padEnd(width)}  ${describe(step)}`.slice(0, Math.max(out.columns - 1, 20));
      return `\u001B[2K${paint(colourOf(step), line)}`;
    });
    out.write(`${drawn > 0 ? `\u001B[${drawn}A` : ''}${text.join('\n')}\n`);
    drawn = text.length;
  };
  return {
    begin: (run) => out.write(`run ${run.id}  ${run.name}\n`),
    show: ({ changes }) => {
      for (const step of changes.steps) rows.set(step.key, step);
      if (rows.size > 0) draw();
    },
    say: (text) => {
      out.write(`${text}\n`);
      drawn = 0;
    },
    end: (run) => out.write(`${closing(run)}\n`),
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
const colourOf = (step: StepRun): number => colours[step.status] ?? 39;

function describe(step: StepRun): string {
  switch (step.status) {
    case 'preparing':
      return `preparing  ${step.detail}`;
    case 'completed':
      return `completed  ${seconds(Date.parse(step.endedAt) - Date.parse(step.startedAt))}  (${reasons(step)})`;
    case 'reused':
      return `reused  (${reasons(step)})`;
    case 'running':
      return `running  (${reasons(step)})`;
    case 'failed':
    case 'timed-out':
    case 'lost':
      return `${step.status}  ${step.failure.firstError ?? step.failure.message}`;
    case 'blocked':
      return `blocked  by ${step.by.join(', ')}`;
    case 'cancelled':
      return `cancelled  by ${step.by}`;
    default:
      return step.status;
  }
}

const reasons = (step: { readonly reasons: readonly { readonly text: string }[] }): string => step.reasons.map(({ text }) => text).join('; ');

function closing(run: Run): string {
  const took = run.endedAt === null ? '' : ` in ${seconds(Date.parse(run.endedAt) - Date.parse(run.queuedAt))}`;
  return `run ${run.id} ${run.status}${took}${run.error === null ? '' : `: ${run.error}`}`;
}

const seconds = (ms: number): string =>
  ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')}`;
