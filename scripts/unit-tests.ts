import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

export interface SuiteOutcome {
  readonly passed: number;
  readonly failed: number;
}

/** Vitest over all packages; a suite that could not be run counts as one failure. */
export async function runUnitTests(): Promise<SuiteOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-vitest-'));
  const report = join(folder, 'report.json');
  try {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { ok, output, seconds } = await runCommand(process.execPath, args, { NO_COLOR: '1' });
    const counts = await readReport(report);
    console.log(`${ok ? '✓' : '✗'} unit and service tests (${seconds.toFixed(1)} s)`);
    if (!ok) console.log(output.trimEnd());
    if (!counts) return { passed: 0, failed: 1 };
    // A file that does not load, or an error outside of any test, fails the run without failing a test.
    return { passed: counts.passed, failed: ok ? counts.failed : Math.max(counts.failed, 1) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReport(file: string): Promise<SuiteOutcome | undefined> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return undefined;
  const report: unknown = JSON.parse(text);
  if (report === null || typeof report !== 'object' || !('numPassedTests' in report) || !('numFailedTests' in report)) return undefined;
  return { passed: Number(report.numPassedTests), failed: Number(report.numFailedTests) };
}
