import { hasErrors } from '@pipewright/shared/graph/problem.ts';
import { homeFolder } from '../config.ts';
import { exitStatus } from './exit-status.ts';
import { planOffline } from './plan-offline.ts';
import { parseArguments } from './parse-arguments.ts';
import { readPipelineArgument } from './pipeline-argument.ts';
import { partFlags, readPart } from './part-flags.ts';
import { printJson } from './print-json.ts';
import { printProblems } from './print-problems.ts';
import { printTable } from './print-table.ts';
import { readSettings } from './read-settings.ts';
import { withRemembered } from './remembered.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = {
  set: { type: 'string', multiple: true },
  ...partFlags,
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** What a run would do, and why; takes no lock. */
export async function plan(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options, 1);
    const source = readPipelineArgument(positionals[0]);
    const inputs = await readSettings(values.set ?? [], source);
    const {
      steps,
      problems,
      leftOut = [],
    } = await withRemembered(homeFolder(values.home), async (remembered) => await planOffline(remembered, source, { inputs, ...readPart(values) }));
    printProblems(problems);
    if (hasErrors(problems)) return exitStatus.wrongInput;
    if (values.json)
      printJson({
        steps: steps.map(({ key, decision, reasons, donor }) => ({ key, decision, reasons, donor })),
        ...(leftOut.length === 0 ? {} : { leftOut: leftOut.map(({ key, kind, text }) => ({ key, kind, text })) }),
      });
    else {
      const left = leftOut.map(({ key, text }) => [key, 'left out', text]);
      printTable([...steps.map(({ key, decision, reasons }) => [key, decision, reasons.map(({ text }) => text).join('; ')]), ...left]);
    }
    return exitStatus.done;
  });
}
