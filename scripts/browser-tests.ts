import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runCommand } from './run-command.ts';
import type { SuiteOutcome } from './unit-tests.ts';

/** Journeys in a real browser against the real server. */
export async function runBrowserTests(): Promise<SuiteOutcome> {
  const cli = join(root, 'e2e', 'node_modules', '@playwright', 'test', 'cli.js');
  const { ok, output, seconds } = await runCommand(process.execPath, [cli, 'test', '--config', 'e2e/playwright.config.ts', '--reporter=line'], { NO_COLOR: '1', CI: '1' });
  console.log(`${ok ? '✓' : '✗'} browser tests (${seconds.toFixed(1)} s)`);
  if (!ok) console.log(output.trimEnd());
  const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(output)?.[1] ?? 0);
  const failed = count('failed') + count('flaky') + count('did not run');
  return { passed: count('passed'), failed: ok ? 0 : Math.max(failed, 1) };
}

/** The catalog's components, run as the runner runs them, by pytest. */
export async function runCatalogTests(): Promise<SuiteOutcome> {
  const script = join(root, 'server', 'catalog', 'tests', 'run');
  if (!existsSync(script)) throw new Error('Internal error: expected server/catalog/tests/run');
  const { ok, output, seconds } = await runCommand(script, []);
  console.log(`${ok ? '✓' : '✗'} catalog tests (${seconds.toFixed(1)} s)`);
  if (!ok) console.log(output.trimEnd());
  const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(output)?.[1] ?? 0);
  return { passed: count('passed'), failed: ok ? 0 : Math.max(count('failed') + count('error'), 1) };
}
