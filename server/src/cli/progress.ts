import type { Run } from '@pipewright/shared/http/runs.ts';
import type { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { describeRunLength } from './describe-run.ts';
import { describeStep } from './describe-step.ts';
import { createLiveTable } from './live-table.ts';

/** What a person sees while a run goes on. */
export interface Progress {
  begin(run: Pick<RunSummary, 'id' | 'name'>): void;
  show(event: StoredRunEvent): void;
  say(text: string): void;
  end(run: Run): void;
}

/** A live table on a terminal, a line per change elsewhere. */
export function createProgress(out: NodeJS.WriteStream): Progress {
  return out.isTTY ? onTerminal(out) : inPipe(out);
}

function inPipe(out: NodeJS.WriteStream): Progress {
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

function onTerminal(out: NodeJS.WriteStream): Progress {
  const table = createLiveTable(out);
  const tick = setInterval(() => table.draw(), tickMs);
  tick.unref();
  return {
    begin: (run) => table.say(`run ${run.id}  ${run.name}`),
    show: ({ changes }) => table.change(changes.steps, changes.run.counts),
    say: (text) => table.say(text),
    end: (run) => {
      clearInterval(tick);
      table.close(closing(run));
    },
  };
}

function closing(run: Run): string {
  const took = run.endedAt === null ? '' : ` in ${describeRunLength(run)}`;
  return `run ${run.id} ${run.status}${took}${run.error === null ? '' : `: ${run.error}`}`;
}
