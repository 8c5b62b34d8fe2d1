import { type BenchParts, ms, onNewPage, openDraftPage } from './bench-parts.ts';
import { createDraft, filters, largeGraph } from './large-graph.ts';
import { untilTime } from './until-time.ts';
import { watchMainThread } from './main-thread.ts';
import { comesToRest } from './comes-to-rest.ts';
import { median } from './statistics.ts';

const text = 'horsepower > 100 and origin = 1 ';
const keyMs = 100;

/** What a keystroke costs in a parameter of a large draft: everything that it brings about until all is still again. */
export async function measureKeystroke(parts: BenchParts): Promise<void> {
  const draft = await createDraft(parts.server, largeGraph(1000), filters);
  const [each, longest]: [number[], number[]] = [[], []];
  for (let round = 0; round < parts.rounds; round += 1) {
    await onNewPage(parts, async (page) => {
      await openDraftPage(page, parts, draft);
      await page
        .locator('[data-canvas] [data-step]')
        .first()
        .click({ position: { x: 60, y: 8 } });
      const field = page.locator('[data-inspector] .cm-content').first();
      await field.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('x');
      await comesToRest(page);
      const thread = await watchMainThread(page, async () => {
        for (const letter of text) {
          const next = performance.now() + keyMs;
          await page.keyboard.type(letter);
          await untilTime(next);
        }
        await comesToRest(page);
      });
      each.push(thread.scriptMs / text.length);
      longest.push(thread.longestCpuMs);
    });
  }
  parts.print('a keystroke in a parameter of a 1,000-step draft', `${ms(median(each))} of script, longest task ${ms(median(longest))}`, '≤ 16 ms of script');
}
