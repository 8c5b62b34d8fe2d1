import { expect, type Page } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const jobs = { a: { command: 'true' }, b: { command: 'true' } };

async function placeOf(page: Page, url: string, step: string): Promise<{ readonly x: number; readonly y: number } | undefined> {
  const response = await page.request.get(url.replace('/drafts/', '/api/drafts/'));
  return Draft.parse(await response.json()).layout.steps[step];
}

test('a tab that is closed in the middle of a drag has lost nothing', async ({ page, context, server, request }) => {
  const url = await makeDraft(server, request, jobs);
  const designer = new Designer(page);
  await designer.open(url);
  const before = await placeOf(page, url, 'a');
  const box = await designer.step('a').boundingBox();
  if (!box) throw new Error('expected a place');
  await page.mouse.move(box.x + 100, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 180, box.y + 60, { steps: 6 });
  await page.mouse.move(box.x + 260, box.y + 100, { steps: 6 });
  await expect(async () => expect((await designer.step('a').boundingBox())?.x).toBeGreaterThan(box.x + 100)).toPass();
  await page.close();
  const next = new Designer(await context.newPage());
  await next.open(url);
  await next.expectSaved();
  const after = await placeOf(next.page, url, 'a');
  expect(after?.x).toBeGreaterThan((before?.x ?? 0) + 50);
});

const broken = {
  'has no IndexedDB': () => Reflect.deleteProperty(window, 'indexedDB') && Object.defineProperty(window, 'indexedDB', { value: undefined }),
  'has its storage full': () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  },
};

for (const [what, breakIt] of Object.entries(broken)) {
  test(`a browser that ${what} saves every edit, and says when one is in this window only`, async ({ page, server, request }) => {
    await page.addInitScript(breakIt);
    const url = await makeDraft(server, request, jobs);
    const designer = new Designer(page);
    await designer.open(url);
    await designer.step('b').click();
    await page.keyboard.press('Delete');
    await designer.expectSaved();
    await page.reload();
    await expect(designer.step('a')).toBeVisible();
    await expect(designer.step('b')).toHaveCount(0);
    await page.route('**/ops', (route) => route.abort());
    await designer.step('a').click();
    await page.keyboard.press('Control+d');
    await expect(designer.indicator).toContainText('Offline, not kept on this device');
    await page.unroute('**/ops');
    await designer.expectSaved();
  });
}
