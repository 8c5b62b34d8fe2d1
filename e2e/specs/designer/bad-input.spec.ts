import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { z } from 'zod';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';
import { Designer } from '../../pages/designer.ts';

// What nobody means to do, where only a browser shows the answer. Pasted nonsense is tested with the clipboard (12), a
// browser that keeps nothing with what never gets lost (1).

const apiOf = (url: string): string => url.replace('/drafts/', '/api/drafts/');
const readDraft = async (request: APIRequestContext, url: string): Promise<Draft> => Draft.parse(await (await request.get(apiOf(url))).json());
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

/** As a page sees a draft whose document is of another make than it knows. */
async function makeUnreadable(page: Page, url: string): Promise<void> {
  await page.route(apiOf(url), async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), document: { jobs: ['of another make'] } } });
  });
}

test('a component that is gone from the registry leaves its step, says so, and another takes its place with the wires', async ({ page, server, request }) => {
  const component = {
    type: 'command',
    name: 'passing',
    version: '1',
    command: 'true',
    inputs: { n: { type: 'integer' } },
    outputs: { out: { type: 'uri_folder' } },
  };
  await request.post(`${server.url}/api/components`, { data: { component } });
  await request.post(`${server.url}/api/components`, { data: { component: { ...component, name: 'standing_in' } } });
  const jobs = {
    a: { component: 'azureml:passing@latest', inputs: { n: 3 } },
    b: { command: 'ls ${{inputs.x}}', inputs: { x: { type: 'uri_folder', path: outputOf('a') } } },
  };
  const url = await makeDraft(server, request, jobs);
  await request.post(`${server.url}/api/components/passing/archive`, { data: {} });
  const designer = new Designer(page);
  await designer.open(url);
  await expect(designer.step('a')).toContainText('Component not found');
  await designer.step('a').click();
  const problem = inspector(page).locator('[data-problem="unregistered-component"]');
  await expect(problem).toContainText('is not registered here. Register it with pipewright register FILE, or restore it if it was archived');
  await problem.getByRole('button', { name: 'Use another component…' }).click();
  await page.keyboard.type('standing_in');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(problem).toHaveCount(0);
  await expect(designer.edge('a.outputs.out->b.inputs.x')).toBeAttached();
  await designer.expectSaved();
  expect((await readDraft(request, url)).document.jobs['a']).toMatchObject({ component: 'azureml:standing_in:1', inputs: { n: 3 } });
});

test('a draft of a newer version is not opened and not touched; one that becomes so keeps what was edited', async ({ page, server, request }) => {
  const url = await makeDraft(server, request, { a: { command: 'true' } });
  const designer = new Designer(page);
  await designer.open(url);
  await makeUnreadable(page, url);
  await page.route('**/ops', (route) => route.fulfill({ status: 412, json: { currentRevision: 9, opsSince: [], full: true } }));
  await designer.step('a').click();
  await page.keyboard.press('Control+d');
  const banner = page.getByRole('status').filter({ hasText: 'Your edits cannot be saved' });
  await expect(banner).toContainText('A newer version of Pipewright has changed this draft in a way that this page cannot read. Reload the page.');
  await expect(banner).toContainText('They are kept on this device.');

  await page.reload();
  await expect(page.getByRole('alert')).toContainText('A newer version of Pipewright has written this draft');
  expect(await seriousViolations(page)).toEqual([]);
  expect((await readDraft(request, url)).revision).toBe(1);
  await page.unroute('**/ops');
  await page.unroute(apiOf(url));
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(designer.step('a_2')).toBeVisible();
  await designer.expectSaved();
  expect(Object.keys((await readDraft(request, url)).document.jobs)).toEqual(['a', 'a_2']);
});

const pasteLetters = (field: Element, count: number): void => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', `start ${'x'.repeat(count)}`);
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
};

test('a text of 5 MB in a parameter is kept and saved, is edited in a window of its own, and the page stays alive', async ({ page, server, request }) => {
  const url = await makeDraft(server, request, { a: { command: 'echo ${{inputs.text}}', inputs: { text: 'short' } } });
  const designer = new Designer(page);
  await designer.open(url);
  await designer.step('a').click();
  const field = inspector(page).getByLabel('text', { exact: true });
  await field.fill('');
  await field.evaluate(pasteLetters, 5_000_000);
  const long = inspector(page).getByRole('group', { name: 'text', exact: true });
  await expect(long).toContainText('5,000,006 characters in 1 line: too long for a field here.');
  await designer.expectSaved();
  await page.reload();
  await designer.step('a').click();
  await expect(long).toContainText('start xxx');
  expect(await seriousViolations(page)).toEqual([]);
  await long.getByRole('button', { name: 'Edit in a large window' }).click();
  await page.getByRole('dialog').getByRole('textbox').focus();
  await page.keyboard.type('re');
  await page.keyboard.press('Escape');
  await expect(long).toContainText('restart xxx');
  await designer.expectSaved();
  expect((await readDraft(request, url)).document.jobs['a']?.inputs['text']).toHaveLength(5_000_008);
  await long.getByRole('button', { name: 'Clear' }).click();
  await expect(field).toHaveValue('');
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect(long).toContainText('5,000,008 characters');
});

test('two windows that write at once end with the same, and each has what only it wrote', async ({ page, context, server, request }) => {
  const url = await makeDraft(server, request, { a: { command: 'echo', inputs: { both: '', here: '', there: '' } } });
  const [here, there] = [new Designer(page), new Designer(await context.newPage())];
  const race = async ({ page: window, step }: { page: Page; step: Designer['step'] }, own: string): Promise<void> => {
    await window.goto(url);
    await step('a').click();
    for (const text of ['one', 'two', 'three']) {
      await inspector(window).getByLabel('both', { exact: true }).fill(`${own} ${text}`);
      await inspector(window).getByLabel(own, { exact: true }).fill(text);
    }
  };
  await Promise.all([race({ page: here.page, step: (key) => here.step(key) }, 'here'), race({ page: there.page, step: (key) => there.step(key) }, 'there')]);
  await Promise.all([here.expectSaved(), there.expectSaved()]);
  const inputs = z.record(z.string(), z.string()).parse((await readDraft(request, url)).document.jobs['a']?.inputs);
  expect(inputs).toMatchObject({ here: 'three', there: 'three', both: expect.stringMatching(/^(here|there) three$/) });
  for (const { page: window } of [here, there]) {
    for (const name of ['both', 'here', 'there']) await expect(inspector(window).getByLabel(name, { exact: true })).toHaveValue(inputs[name] ?? '');
  }
});

test('an hour without a connection: both sides go on, and have all of it as soon as the connection is back', async ({ page, context, server, request }) => {
  await page.clock.install();
  const url = await makeDraft(server, request, { a: { command: 'true' } });
  const designer = new Designer(page);
  await designer.open(url);
  await context.setOffline(true);
  await designer.step('a').click();
  await page.keyboard.press('Control+d');
  await expect(designer.indicator).toContainText('Offline, kept on this device');
  const theirs = { clientId: 'they', mutationId: '1', ops: [{ op: 'step.add', step: 'theirs', value: { command: 'true' } }] };
  expect((await request.post(`${apiOf(url)}/ops`, { data: theirs, headers: { 'If-Match': '"1"' } })).ok()).toBe(true);
  await page.clock.fastForward('01:00:00');
  await page.keyboard.press('Control+d');
  await expect(designer.step('a_3')).toBeVisible();
  await context.setOffline(false);
  await designer.expectSaved();
  await expect(designer.step('theirs')).toBeVisible();
  expect(Object.keys((await readDraft(request, url)).document.jobs).toSorted()).toEqual(['a', 'a_2', 'a_3', 'theirs']);
  // What others do arrives again as well.
  const more = { ...theirs, mutationId: '2', ops: [{ op: 'step.add', step: 'later', value: { command: 'true' } }] };
  const { revision } = await readDraft(request, url);
  expect((await request.post(`${apiOf(url)}/ops`, { data: more, headers: { 'If-Match': `"${revision}"` } })).ok()).toBe(true);
  await page.clock.fastForward('00:01');
  await expect(designer.step('later')).toBeVisible();
});
