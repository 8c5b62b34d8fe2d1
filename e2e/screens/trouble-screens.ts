import { expect, type Page } from '@playwright/test';
import { Designer } from '../pages/designer.ts';
import { page, type Screen } from './screen.ts';
import type { Workspace } from './workspace.ts';

type Change = (at: Page) => Promise<unknown>;

/** Lists have nothing in them. */
const empty: Change = async (at) =>
  await at.route('**/api/**', async (route) => {
    const response = await route.fetch();
    const json: unknown = await response.json().catch(() => null);
    if (json === null || typeof json !== 'object' || !('items' in json)) return await route.fulfill({ response });
    await route.fulfill({ response, json: { ...json, items: [] } });
  });

/** The server fails at everything but what it is. */
const failing: Change = async (at) =>
  await at.route(
    /\/api\/(?!workspace|person)/,
    async (route) => await route.fulfill({ status: 500, json: { title: 'The disk is full', status: 500, code: 'internal' } }),
  );

/** No answer comes. */
const waiting: Change = async (at) => await at.route(/\/api\/(?!workspace|person)/, () => {});

const paths: Readonly<Record<string, (workspace: Workspace) => string>> = {
  home: () => '/',
  gallery: () => '/gallery',
  'gallery-dialog': () => '/gallery?show=fuel-economy',
  pipelines: () => '/pipelines',
  runs: () => '/runs',
  data: () => '/data',
  models: () => '/models',
  components: () => '/components',
  environments: () => '/environments',
  compare: ({ comparedRuns }) => `/compare?runs=${comparedRuns.join()}`,
  run: ({ run }) => `/runs/${run}`,
  designer: ({ freshDraft }) => `/drafts/${freshDraft}`,
};

const each = (state: string, change: Change, names: readonly string[] = Object.keys(paths)): Screen[] =>
  names.map((name) => ({
    name: `${state}-${name}`,
    open: async (at, workspace) => {
      await change(at);
      await at.goto(`${workspace.url}${paths[name]?.(workspace) ?? '/'}`);
    },
  }));

/** Nothing there, nothing yet, nothing that works, nobody who answers. */
export const troubleScreens: readonly Screen[] = [
  ...each('empty', empty, ['home', 'gallery', 'pipelines', 'runs', 'data', 'models', 'components', 'environments']),
  ...each('failing', failing),
  ...each('waiting', waiting),
  page('unknown-draft', () => '/drafts/nobody-knows'),
  page('unknown-run', () => '/runs/4711'),
  page('unknown-gallery', () => '/gallery?show=nothing-like-it'),
  page('unknown-environment', () => '/environments/nothing-like-it'),
  {
    name: 'server-away',
    open: async (at, workspace) => {
      const on = new Designer(at);
      await on.open(`${workspace.url}/drafts/${workspace.freshDraft}`);
      await at.context().setOffline(true);
      await on.step('split_data').click();
      await at.keyboard.press('Control+ArrowRight');
      await expect(on.indicator).toBeVisible();
    },
  },
];
