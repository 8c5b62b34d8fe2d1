import type { Page } from '@playwright/test';
import { choose, command, page, type Screen } from './screen.ts';

const compared = ({ comparedRuns }: { readonly comparedRuns: readonly string[] }): string => `/compare?runs=${comparedRuns.join()}`;

/** A form of environments that says what is wrong with it. */
async function writeEnvironment(at: Page): Promise<void> {
  await at.getByRole('button', { name: 'New environment…' }).click();
  const dialog = at.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('gradient boosting');
  await dialog.getByRole('textbox', { name: 'Packages' }).fill('pandas>=2,<3\nscikit learn');
}

async function buildEnvironment(at: Page): Promise<void> {
  await at.getByRole('button', { name: /^Build (?:now|again)/ }).click();
  await at.getByRole('log', { name: 'Log of the build' }).waitFor();
}

/** Everything but the designer. */
export const pageScreens: readonly Screen[] = [
  page('home', () => '/'),
  page('gallery', () => '/gallery'),
  page(
    'gallery-dialog',
    () => '/gallery?show=fuel-economy',
    async (at) => await at.getByRole('dialog').locator('[data-step]').first().waitFor(),
  ),
  page('pipelines', () => '/pipelines'),
  page('runs', () => '/runs'),
  page('data', () => '/data'),
  page('models', () => '/models'),
  page('components', () => '/components'),
  page('environments', () => '/environments'),
  page('environments-new', () => '/environments', writeEnvironment),
  page(
    'environments-conda',
    () => '/environments',
    async (at) => {
      await writeEnvironment(at);
      await at.getByRole('dialog').getByRole('textbox', { name: 'Packages' }).fill('pandas>=2,<3');
      await choose(at, 'Conda file');
    },
  ),
  page(
    'environments-version',
    () => '/environments',
    async (at) => await at.getByRole('button', { name: /^(?:New version|Make one like it)/ }).click(),
  ),
  page('environments-build', () => '/environments', buildEnvironment),
  page('settings', () => '/settings'),
  page('not-found', () => '/nowhere'),
  page(
    'news',
    () => '/',
    async (at) => await command(at, 'what is new'),
  ),
  page(
    'help-menu',
    () => '/',
    async (at) => await at.getByRole('button', { name: /^Help/ }).click(),
  ),
  page(
    'palette-home',
    () => '/',
    async (at) => await at.keyboard.press('Control+k'),
  ),
  page('compare', compared),
  page('compare-all-values', compared, async (at) => await at.getByRole('switch').first().check({ force: true })),
  page('compare-logs', compared, async (at) => await choose(at, 'Logs')),
  page('compare-step', compared, async (at) => await at.getByRole('region', { name: 'Graph', exact: true }).locator('[data-step]').first().click()),
  page('compare-three', ({ comparedRuns, failedRun }) => `/compare?runs=${[...comparedRuns, failedRun].join()}`),
  page('compare-one', ({ run }) => `/compare?runs=${run}`),
  page('compare-unknown', ({ run }) => `/compare?runs=${run},4711`),
  page('run', ({ run }) => `/runs/${run}`),
  ...['logs', 'metrics', 'outputs', 'parameters', 'why'].map((tab) => page(`run-step-${tab}`, ({ run }) => `/runs/${run}/steps/train_model/${tab}`)),
  page('run-failed', ({ failedRun }) => `/runs/${failedRun}/steps/fails/logs`),
];
