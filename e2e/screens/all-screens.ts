import { expect, type Page } from '@playwright/test';
import { Designer } from '../pages/designer.ts';

/** What the screens show: a sample that has run, and one that has not. */
export interface Workspace {
  readonly url: string;
  readonly draftWithRun: string;
  readonly freshDraft: string;
  readonly emptyDraft: string;
  readonly failedDraft: string;
  readonly run: string;
  readonly failedRun: string;
}

export interface Screen {
  readonly name: string;
  readonly open: (page: Page, workspace: Workspace) => Promise<void>;
}

const page = (name: string, pathOf: (workspace: Workspace) => string): Screen => ({
  name,
  open: async (at, workspace) => void (await at.goto(`${workspace.url}${pathOf(workspace)}`)),
});

/** The designer on a draft, and then something done there. */
const designer = (name: string, draftOf: (workspace: Workspace) => string, act: (designer: Designer) => Promise<unknown> = async () => {}): Screen => ({
  name,
  open: async (at, workspace) => {
    const on = new Designer(at);
    await on.open(`${workspace.url}/drafts/${draftOf(workspace)}`);
    await act(on);
  },
});

const fresh = ({ freshDraft }: Workspace): string => freshDraft;
const finished = ({ draftWithRun }: Workspace): string => draftWithRun;
const press =
  (...keys: readonly string[]) =>
  async ({ canvas, page: at }: Designer): Promise<void> => {
    await canvas.focus();
    for (const key of keys) await at.keyboard.press(key);
  };

/** Every screen of the product, in the order of a first visit. */
export const allScreens: readonly Screen[] = [
  page('home', () => '/'),
  page('gallery', () => '/gallery'),
  page('pipelines', () => '/pipelines'),
  page('runs', () => '/runs'),
  page('data', () => '/data'),
  page('models', () => '/models'),
  page('components', () => '/components'),
  page('environments', () => '/environments'),
  page('settings', () => '/settings'),
  page('not-found', () => '/nowhere'),
  designer('designer-empty', ({ emptyDraft }) => emptyDraft),
  designer('designer-fresh', fresh),
  designer('designer-step', fresh, async (on) => await on.step('split_data').click()),
  designer('designer-quick-add', fresh, press('Tab')),
  designer('designer-find', fresh, press('Control+f')),
  designer('designer-palette', fresh, press('Control+k')),
  designer('designer-shortcuts', fresh, press('Shift+?')),
  designer('designer-menu', fresh, async (on) => await on.step('split_data').click({ button: 'right' })),
  designer('designer-run-dialog', fresh, async (on) => await on.runButton.click()),
  designer('designer-yaml', fresh, async (on) => await on.page.getByRole('radio', { name: 'YAML' }).check({ force: true })),
  designer('designer-runs', finished, async (on) => await on.page.getByRole('radio', { name: 'Runs' }).check({ force: true })),
  designer('designer-finished', finished),
  designer('designer-finished-step', finished, async (on) => await on.step('score_model').click()),
  designer(
    'designer-failed',
    ({ failedDraft }) => failedDraft,
    async (on) => await on.step('fails').click(),
  ),
  page('designer-preview', ({ draftWithRun }) => `/drafts/${draftWithRun}?preview=score_model.scored`),
  page('run', ({ run }) => `/runs/${run}`),
  ...['logs', 'metrics', 'outputs', 'parameters', 'why'].map((tab) => page(`run-step-${tab}`, ({ run }) => `/runs/${run}/steps/train_model/${tab}`)),
  page('run-failed', ({ failedRun }) => `/runs/${failedRun}/steps/fails/logs`),
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
