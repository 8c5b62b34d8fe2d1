import { type BenchParts, ms, onNewPage, openDraftPage } from './bench-parts.ts';
import { createDraft, filters, largeGraph } from './large-graph.ts';
import { watchMainThread } from './main-thread.ts';
import { median } from './statistics.ts';

/** From the key to every step in its new place, and what holds the canvas up meanwhile. */
export async function measureTidy(parts: BenchParts): Promise<void> {
  const draft = await createDraft(parts.server, largeGraph(1000), filters);
  const [took, longest]: [number[], number[]] = [[], []];
  await onNewPage(parts, async (page) => {
    await openDraftPage(page, parts, draft);
    const done = page.getByRole('button', { name: /^Undo: Tidy/ });
    // The first round loads the layout's own program.
    for (let round = -1; round < parts.rounds; round += 1) {
      await page.locator('[data-canvas]').focus();
      let ms = 0;
      const thread = await watchMainThread(page, async () => {
        const began = performance.now();
        await page.keyboard.press('Control+Shift+L');
        await done.waitFor();
        ms = performance.now() - began;
      });
      if (round >= 0) took.push(ms);
      if (round >= 0) longest.push(thread.longestCpuMs);
      await page.keyboard.press('Control+z');
      await done.waitFor({ state: 'detached' });
    }
  });
  parts.print(
    'tidy layout of 1,000 steps',
    `${(median(took) / 1000).toFixed(2)} s, longest task meanwhile ${ms(median(longest))}`,
    '≤ 2 s, the canvas stays alive',
  );
}
