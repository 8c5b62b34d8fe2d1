import type { Page } from '@playwright/test';
import { type BenchParts, ms, onNewPage } from './bench-parts.ts';
import { comesToRest } from './comes-to-rest.ts';
import { createDraft, filters, largeGraph } from './large-graph.ts';
import { watchMainThread } from './main-thread.ts';
import { openFromList } from './open-draft.ts';
import { median } from './statistics.ts';
import { untilTime } from './until-time.ts';

const text = 'The **harbour** is closed on `Sundays`, so the table has no rows for them.\n\n- taken out by hand\n- kept in [the log](https://example.org)\n';
const query = 'harbour 7';
const keyMs = 150;

/** Ten thousand notes around the steps: opening them, and finding among them letter by letter. */
export async function measureNotes(parts: BenchParts): Promise<void> {
  const notes = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => {
      const note = { x: (index % 100) * 260, y: Math.floor(index / 100) * 160, width: 240, height: 140, text: `## Note ${index}\n${text}` };
      return [`n${index}`, note] as const;
    }),
  );
  const bare = await createDraft(parts.server, largeGraph(40), filters);
  const noted = await createDraft(parts.server, { ...largeGraph(40), notes }, filters);
  const without: number[] = [];
  const opened: number[] = [];
  const each: number[] = [];
  const longest: number[] = [];
  await onNewPage(parts, async (page) => {
    for (let round = -1; round < parts.rounds; round += 1) {
      const withoutMs = await openFromList(page, parts, bare);
      const openedMs = await openFromList(page, parts, noted);
      const found = await find(page);
      if (round < 0) continue;
      without.push(withoutMs);
      opened.push(openedMs);
      each.push(found.scriptMs / query.length);
      longest.push(found.longestCpuMs);
    }
  });
  const seconds = (times: readonly number[]): string => (median(times) / 1000).toFixed(2);
  parts.print('open a draft of 40 steps with 10,000 notes, beside one without', `${seconds(opened)} s, ${seconds(without)} s`, '');
  parts.print('find on the canvas among them, a letter', `${ms(median(each))} of script, longest task ${ms(median(longest))}`, '');
}

async function find(page: Page): ReturnType<typeof watchMainThread> {
  await comesToRest(page);
  await page.keyboard.press('Control+f');
  const bar = page.getByRole('search', { name: 'Find on the canvas' });
  await bar.getByRole('textbox').waitFor();
  const found = await watchMainThread(page, async () => {
    for (const letter of query) {
      const next = performance.now() + keyMs;
      await page.keyboard.type(letter);
      await untilTime(next);
    }
    await bar.getByRole('status').filter({ hasText: '1 of' }).waitFor();
  });
  await page.keyboard.press('Escape');
  return found;
}
