import { join } from 'node:path';
import { z } from 'zod';
import { root } from './run-command.ts';
import type { Suite } from './run-suite.ts';

const Report = z.object({ stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }) });

/** Journeys in a real browser against the real server. */
export const browserTests: Suite = {
  name: 'browser tests',
  program: process.execPath,
  args: () => [join(root, 'e2e', 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', 'e2e/playwright.config.ts', '--reporter=line,json'],
  variables: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
  readReport: (text) => {
    const { expected, unexpected, flaky } = Report.parse(JSON.parse(text)).stats;
    return { passed: expected, failed: unexpected + flaky };
  },
};
