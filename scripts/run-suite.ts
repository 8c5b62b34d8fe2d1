import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

export interface SuiteOutcome {
  readonly passed: number;
  readonly failed: number;
}

/** A program that runs tests and leaves a report for machines. */
export interface Suite {
  readonly name: string;
  readonly program: string;
  /** `report` is the file that it is to write. */
  readonly args: (report: string) => readonly string[];
  readonly variables?: (report: string) => Readonly<Record<string, string>>;
  readonly readReport: (text: string) => SuiteOutcome;
}

/** Runs it; says how it ended, and all that it said if it failed. A suite that breaks down, or finds no test, counts as one failure. */
export async function runSuite(suite: Suite): Promise<SuiteOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-report-'));
  const report = join(folder, 'report');
  try {
    const variables = { NO_COLOR: '1', ...suite.variables?.(report) };
    const { ok, output, seconds } = await runCommand(suite.program, suite.args(report), variables);
    // No report, or half of one: below that is a failure, and what the suite said tells why.
    const counted = await readFile(report, 'utf8')
      .then(suite.readReport)
      .catch(() => ({ passed: 0, failed: 0 }));
    const isSound = ok && counted.failed === 0 && counted.passed > 0;
    const failed = isSound ? 0 : Math.max(counted.failed, 1);
    console.log(`${isSound ? '✓' : '✗'} ${suite.name}: ${counted.passed} passed, ${failed} failed (${seconds.toFixed(1)} s)`);
    if (!isSound) console.log(output.trimEnd());
    return { passed: counted.passed, failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
