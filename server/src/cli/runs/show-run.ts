import { RunId } from '@pipewright/shared/ids.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { homeFolder } from '../../config.ts';
import type { RunRecord } from '../../store/store.ts';
import { describeRun, describeRunLength, pipelineOutputs } from '../describe-run.ts';
import { describeStep } from '../describe-step.ts';
import { exitStatus } from '../exit-status.ts';
import { parseArguments } from '../parse-arguments.ts';
import { printJson } from '../print-json.ts';
import { printTable } from '../print-table.ts';
import { withRemembered, type Remembered } from '../remembered.ts';
import { findRun } from './find-run.ts';

const options = { json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** A run with its steps and outputs; with `--json` the document that `run --json` prints. */
export async function showRun(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options, 1);
  return await withRemembered(homeFolder(values.home), async (remembered) => {
    const { store } = remembered;
    const id = await findRun(store, positionals[0]);
    const record = await store.runs.get(id);
    if (!record) throw new Error(`Internal error: expected run ${id}`);
    if (values.json) printJson(await describe(remembered, record));
    else print(remembered.home, record);
    return exitStatus.done;
  });
}

const toRun = ({ summary, snapshot, inputs, steps }: RunRecord) => ({ ...summary, snapshot, inputs, steps: [...steps] });

async function describe({ home, store }: Remembered, record: RunRecord): Promise<unknown> {
  // The metrics of a reused step are its donor's.
  const metricsOf = async (step: StepRun) => {
    const source = step.status === 'reused' ? step.donor : { run: record.summary.id, step: step.key };
    return (await store.tracking.ofStep(RunId.parse(source.run), source.step)).metrics;
  };
  return await describeRun({ home, run: toRun(record), metricsOf });
}

function print(home: string, record: RunRecord): void {
  const { summary, steps } = record;
  const { id, name, status, error } = summary;
  process.stdout.write(`run ${id}  ${name}\n${status}  ${describeRunLength(summary)}${error === null ? '' : `  ${error}`}\n\n`);
  printTable(steps.map((step) => [`  ${step.key}`, describeStep(step, Date.now())]));
  const outputs = Object.entries(pipelineOutputs(home, toRun(record)));
  if (outputs.length > 0) process.stdout.write('\n');
  for (const [output, path] of outputs) process.stdout.write(`${output}: ${path}\n`);
}
