import { expect } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { Designer } from '../pages/designer.ts';
import { jobsOf } from './pipelines.ts';
import { choose, designer, press, type Screen } from './screen.ts';
import type { Workspace } from './workspace.ts';

const grouped = ({ groupedDraft }: Workspace): string => groupedDraft;

/** Somebody else, in a window of their own. */
async function somebody(name: string, { browser }: Workspace, url: string): Promise<Designer> {
  const context = await browser.newContext();
  await context.addInitScript((ownName) => localStorage.setItem('pipewright.preferences', JSON.stringify({ ownName })), name);
  const on = new Designer(await context.newPage());
  await on.open(url);
  return on;
}

async function meet(on: Designer, workspace: Workspace): Promise<Designer> {
  const grace = await somebody('Grace Hopper', workspace, on.page.url());
  await grace.step('make').click();
  const second = await somebody('Katherine Johnson-Goble of Langley', workspace, on.page.url());
  await second.step('read').click();
  await expect(on.step('read').locator('[data-company]')).toBeVisible();
  await expect(on.step('make').locator('[data-company]')).toBeVisible();
  return grace;
}

/** Away for a while, edits are made on both sides. */
async function disagree(on: Designer, workspace: Workspace): Promise<void> {
  await on.step('report').click();
  await on.expectSaved();
  const grace = await somebody('Grace Hopper', workspace, on.page.url());
  await on.page.route('**/ops', (route) => route.abort());
  await on.page.keyboard.press('F2');
  await on.page.keyboard.type('A report of mine');
  await on.page.keyboard.press('Enter');
  await expect(on.indicator).toContainText('Offline, kept on this device');
  await grace.step('report').click();
  await grace.page.keyboard.press('Delete');
  await grace.expectSaved();
  await on.page.unroute('**/ops');
  await on.page.getByRole('button', { name: 'Review', exact: true }).waitFor();
}

/** Of a draft of its own: each picture finds it as it was. */
const shared = (name: string, act: (on: Designer, workspace: Workspace) => Promise<unknown>): Screen => ({
  name,
  open: async (at, workspace) => {
    const document = { type: 'pipeline', display_name: 'Two at once', jobs: jobsOf(['make', 'read', 'report']) };
    const made = await at.request.post(`${workspace.url}/api/drafts`, { data: { document } });
    const on = new Designer(at);
    await on.open(`${workspace.url}/drafts/${Draft.parse(await made.json()).id}`);
    await act(on, workspace);
  },
});

/** Two people and more in one draft. */
export const togetherScreens: readonly Screen[] = [
  designer('comments', grouped, press('m')),
  designer('comments-written', grouped, async (on) => {
    await on.step('train').click();
    await on.page.keyboard.press('Shift+M');
    await on.page.keyboard.type('See @cl');
  }),
  designer('comments-none', ({ freshDraft }) => freshDraft, press('m')),
  shared('presence', async (on, workspace) => void (await meet(on, workspace))),
  shared('presence-menu', async (on, workspace) => {
    await meet(on, workspace);
    await on.page.getByRole('button', { name: /^Also here/ }).click();
  }),
  designer('activity', grouped, async (on) => {
    await press('h')(on);
    await choose(on.page, 'Activity');
  }),
  designer(
    'link-copied',
    ({ freshDraft }) => freshDraft,
    async (on) => {
      await on.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await on.step('split_data').click();
      await on.page.keyboard.press('l');
    },
  ),
  shared('conflict', disagree),
  shared('conflict-dialog', async (on, workspace) => {
    await disagree(on, workspace);
    await on.page.getByRole('button', { name: 'Review', exact: true }).click();
  }),
];
