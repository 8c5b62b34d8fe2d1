import { join } from 'node:path';
import { root } from './run-command.ts';
import type { Suite } from './run-suite.ts';

/** The catalog's components, run by pytest as the runner runs them. */
export const catalogTests: Suite = {
  name: 'catalog tests',
  program: join(root, 'server', 'catalog', 'tests', 'run'),
  args: () => [],
  variables: (report) => ({ PYTEST_ADDOPTS: `--junitxml=${report}` }),
  readReport: (text) => {
    const suite = /<testsuite [^>]*>/.exec(text)?.[0] ?? '';
    const count = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const failed = count('failures') + count('errors');
    return { passed: count('tests') - failed - count('skipped'), failed };
  },
};
