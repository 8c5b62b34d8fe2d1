import { z } from 'zod';
import type { Suite } from './run-suite.ts';

const Report = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

/** Vitest over all packages: pure functions, components, real processes, databases and sockets. */
export const unitTests: Suite = {
  name: 'unit and service tests',
  program: process.execPath,
  args: (report) => ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  readReport: (text) => {
    const { numPassedTests, numFailedTests } = Report.parse(JSON.parse(text));
    return { passed: numPassedTests, failed: numFailedTests };
  },
};

/** The same with the full counts of tries, from a seed that is new each time. */
export const longUnitTests: Suite = {
  ...unitTests,
  name: 'unit and service tests, long',
  variables: () => ({ PIPEWRIGHT_TEST_DOSE: '100', PIPEWRIGHT_TEST_SEED: String(Date.now() % 2 ** 31) }),
};
