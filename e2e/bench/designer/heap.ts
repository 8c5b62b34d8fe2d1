import type { CDPSession } from '@playwright/test';
import { type BenchParts, onNewPage, openDraftPage } from './bench-parts.ts';
import { createDraft, filters, largeGraph } from './large-graph.ts';
import { comesToRest } from './comes-to-rest.ts';

const editCount = 2000;
/** As many as the history keeps. */
const undoCount = 200;

/** What is held after many edits and their undo, beside what was held when the draft had been opened and used a little. */
export async function measureHeap(parts: BenchParts, { isQuick }: { readonly isQuick: boolean }): Promise<void> {
  const draft = await createDraft(parts.server, largeGraph(1000), filters);
  await onNewPage(parts, async (page) => {
    await openDraftPage(page, parts, draft);
    const session = await page.context().newCDPSession(page);
    const edit = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        // Another step each time: nudges of one are one entry of the history.
        if (index % 2 === 0) await page.keyboard.press(index % 40 < 20 ? 'ArrowRight' : 'ArrowLeft');
        await page.keyboard.press(index % 4 < 2 ? 'Control+ArrowDown' : 'Control+ArrowUp');
      }
    };
    await page
      .locator('[data-canvas] [data-step]')
      .first()
      .click({ position: { x: 60, y: 8 } });
    await edit(20);
    await comesToRest(page);
    const before = await heapBytes(session);
    await edit(isQuick ? editCount / 10 : editCount);
    for (let index = 0; index < undoCount; index += 1) await page.keyboard.press('Control+z');
    await comesToRest(page);
    const after = await heapBytes(session);
    const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    parts.print(
      `heap at 1,000 steps after ${isQuick ? '200' : '2,000'} edits and their undo`,
      `${megabytes(before)}, then ${megabytes(after)}`,
      `**${((after / before - 1) * 100).toFixed(0)} %** more (≤ 20 %)`,
    );
  });
}

async function heapBytes(session: CDPSession): Promise<number> {
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
