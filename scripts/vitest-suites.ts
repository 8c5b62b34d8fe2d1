import { z } from 'zod';
import type { Suite } from './run-suite.ts';

const Report = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

const quickProjects = ['shared', 'server', 'web', 'scripts'];

/** Pure functions, components of the page, and what needs real processes, databases and sockets: seconds. */
export const unitTests = vitestSuite('unit and service tests', quickProjects);

/** The catalog as the product runs it, in its real environments: minutes. */
export const catalogTests = vitestSuite('catalog tests', ['catalog']);

/** The unit tests with the full counts of tries, from a seed that is new each time. */
export const longUnitTests: Suite = {
  ...vitestSuite('unit and service tests, long', quickProjects),
  variables: () => ({ PIPEWRIGHT_TEST_DOSE: '200', PIPEWRIGHT_TEST_SEED: String(Date.now() % 2 ** 31) }),
};

function vitestSuite(name: string, projects: readonly string[]): Suite {
  return {
    name,
    program: process.execPath,
    args: (report) => {
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      return ['node_modules/vitest/vitest.mjs', 'run', ...projects.flatMap((project) => ['--project', project]), ...reporters];
    },
    readReport: (text) => {
      const { numPassedTests, numFailedTests } = Report.parse(JSON.parse(text));
      return { passed: numPassedTests, failed: numFailedTests };
    },
  };
}
