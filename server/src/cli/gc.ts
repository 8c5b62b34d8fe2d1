import { GarbageReport, IntegrityReport } from '@pipewright/shared/http/gc.ts';
import { homeFolder, keepDaysOf } from '../config.ts';
import { callPatiently } from './call-patiently.ts';
import { describeBytes } from '../describe-bytes.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { printJson } from './print-json.ts';
import { printTable } from './print-table.ts';
import { withFailuresTold } from './with-failures-told.ts';
import { withRetention } from './with-retention.ts';

const options = {
  'dry-run': { type: 'boolean', default: false },
  keep: { type: 'string' },
  verify: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** `gc`: deletes what nothing refers to; `gc --verify`: reads everything again and puts aside what is damaged. */
export async function gc(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values } = parseArguments(args, options, 0);
    const home = homeFolder(values.home);
    const dryRun = values['dry-run'];
    if (values.verify) {
      if (values.keep !== undefined) throw new UsageError('--keep has no meaning with --verify: nothing is deleted');
      const report = await verify(home, dryRun);
      if (values.json) printJson(report);
      else printIntegrity(report);
      return report.damaged.length === 0 ? exitStatus.done : exitStatus.runFailed;
    }
    const report = await collect(home, { dryRun, ...readKeep(values.keep) });
    if (values.json) printJson(report);
    else printGarbage(report);
    return exitStatus.done;
  });
}

function readKeep(text: string | undefined): { keepDays?: number } {
  if (text === undefined) return {};
  const keepDays = Number(text);
  if (text.trim() === '' || !(keepDays >= 0 && keepDays <= 36_500)) throw new UsageError(`--keep ${text}: a number of days from 0`);
  return { keepDays };
}

async function collect(home: string, request: { readonly dryRun: boolean; readonly keepDays?: number }): Promise<GarbageReport> {
  return await withRetention(home, {
    there: async (url) => await callPatiently(`${url}/api/gc`, GarbageReport, { method: 'POST', body: request }),
    here: async (retention, config) => await retention.collect({ dryRun: request.dryRun, keepDays: request.keepDays ?? keepDaysOf(config) }),
  });
}

async function verify(home: string, dryRun: boolean): Promise<IntegrityReport> {
  return await withRetention(home, {
    there: async (url) => await callPatiently(`${url}/api/gc/verify`, IntegrityReport, { method: 'POST', body: { dryRun } }),
    here: async (retention) => await retention.verify({ dryRun }),
  });
}

function printGarbage({ dryRun, keepDays, freedBytes, objects, attempts, environments, leftovers, kept, undeleted }: GarbageReport): void {
  const rows = [
    ['outputs and code', objects],
    ['working copies', attempts],
    ['environments', environments],
    ['leftovers', leftovers],
  ] as const;
  printTable(rows.map(([name, { count, bytes }]) => [`  ${name}`, String(count), describeBytes(bytes)]));
  process.stdout.write(`${dryRun ? 'would free' : 'freed'} ${describeBytes(freedBytes)}\n`);
  process.stdout.write(`kept: ${kept.objects} outputs and code; what ${kept.runs} runs of the last ${keepDays} days use\n`);
  for (const { path, message } of undeleted) process.stderr.write(`pipewright: ${path} could not be deleted: ${message}\n`);
}

function printIntegrity({ dryRun, objects, damaged }: IntegrityReport): void {
  process.stdout.write(`${objects} objects read, ${damaged.length} damaged\n`);
  for (const { hash, producers, movedTo } of damaged) {
    process.stdout.write(`  ${hash}  ${producers.length === 0 ? 'code, or of a removed run' : `output ${producers.join(', ')}`}\n`);
    if (movedTo !== null) process.stdout.write(`    moved to ${movedTo}\n`);
  }
  if (damaged.length > 0) process.stdout.write(dryRun ? 'Nothing was moved.\n' : 'They are not used any more: the next run that needs them makes them anew.\n');
}
