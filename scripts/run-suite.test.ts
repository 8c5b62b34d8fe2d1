import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runSuite, type SuiteOutcome } from './run-suite.ts';

/** A suite that is a real process: it writes this report, says something and ends with this code. */
async function run({ report, code = 0 }: { readonly report?: string; readonly code?: number }): Promise<SuiteOutcome> {
  const write = report === undefined ? '' : `require('node:fs').writeFileSync(process.argv[1], ${JSON.stringify(report)});`;
  return await runSuite({
    name: 'made up',
    program: process.execPath,
    args: (file) => ['-e', `${write} console.log('what it said'); process.exit(${code})`, file],
    readReport: (text) => JSON.parse(text),
  });
}

describe('runSuite', () => {
  const printed: string[] = [];
  beforeEach(() => {
    printed.length = 0;
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    return () => vi.restoreAllMocks();
  });

  it('takes the counts from the report, and is quiet about a suite that passed', async () => {
    expect(await run({ report: '{"passed": 3, "failed": 0}' })).toEqual({ passed: 3, failed: 0 });
    expect(printed.join('\n')).not.toContain('what it said');
  });

  it('shows what a suite said that failed', async () => {
    expect(await run({ report: '{"passed": 3, "failed": 2}', code: 1 })).toEqual({ passed: 3, failed: 2 });
    expect(printed.join('\n')).toContain('what it said');
  });

  it.each([
    ['breaks down before it reports', { code: 1 }, 0],
    ['reports nothing although it ended well', {}, 0],
    ['leaves half a report', { report: '{"passed": 3' }, 0],
    ['found no test', { report: '{"passed": 0, "failed": 0}' }, 0],
    ['fails outside of its tests', { report: '{"passed": 3, "failed": 0}', code: 1 }, 3],
  ])('counts a suite that %s as one failure', async (_what, suite, passed) => {
    expect(await run(suite)).toEqual({ passed, failed: 1 });
  });
});
