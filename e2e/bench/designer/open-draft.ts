import type { Page } from '@playwright/test';
import { type BenchParts, onNewPage } from './bench-parts.ts';
import { createDraft, filters, largeGraph } from './large-graph.ts';
import { median } from './statistics.ts';

const wanted = [
  [40, 600],
  [1000, 1000],
  [3000, 1800],
] as const;

/** From a click on its row in the list to the first step that takes a selection. */
export async function measureOpening(parts: BenchParts): Promise<void> {
  const drafts: { count: number; id: string; mostMs: number; opened: number[] }[] = [];
  for (const [count, mostMs] of wanted) drafts.push({ count, id: await createDraft(parts.server, largeGraph(count), filters), mostMs, opened: [] });
  await onNewPage(parts, async (page) => {
    // The first visit fetches the parts of the page.
    for (let round = -1; round < parts.rounds; round += 1) {
      for (const { id, opened } of drafts) {
        const ms = await openFromList(page, parts, id);
        if (round >= 0) opened.push(ms);
      }
    }
  });
  const middle = drafts.map(({ opened }) => `${(median(opened) / 1000).toFixed(2)} s`);
  parts.print('open a draft of 40 / 1,000 / 3,000 steps, click to usable', middle.join(' / '), '≤ 0.6 / 1.0 / 1.8 s');
}

export async function openFromList(page: Page, { server }: BenchParts, draft: string): Promise<number> {
  await page.goto(`${server.url}/pipelines`);
  const row = page.locator(`[data-draft="${draft}"] a`).first();
  await row.waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(noteClick);
  await row.click();
  const step = page.locator('[data-canvas] [data-step]').first();
  await step.waitFor();
  await step.click({ position: { x: 60, y: 8 } });
  await page.locator('[data-step][data-selected]').first().waitFor();
  return await page.evaluate(() => performance.now() - Number(Reflect.get(window, 'clickedAt')));
}

function noteClick(): void {
  document.addEventListener('click', (event) => Object.assign(window, { clickedAt: Reflect.get(window, 'clickedAt') ?? event.timeStamp }), { capture: true });
}
