import type { Page } from '@playwright/test';
import { type BenchParts, ms, onNewPage, openDraftPage } from './bench-parts.ts';
import { createDraft, filters, largeGraph } from './large-graph.ts';
import { watchedFrom, watchedTo, watchMainThread } from './main-thread.ts';
import { comesToRest } from './comes-to-rest.ts';
import { quantile } from './statistics.ts';

interface Command {
  readonly name: string;
  readonly act: (page: Page) => Promise<void>;
}

const onCanvas = async (page: Page, ...keys: string[]): Promise<void> => {
  await page.locator('[data-canvas]').focus();
  for (const key of keys) await page.keyboard.press(key);
};
const selectOne = async (page: Page): Promise<void> => {
  await onCanvas(page, 'Escape');
  await page
    .locator('[data-canvas] [data-step]')
    .nth(25)
    .click({ position: { x: 60, y: 8 } });
};
const onOne =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    await selectOne(page);
    for (const key of keys) await page.keyboard.press(key);
  };

const commands: readonly Command[] = [
  { name: 'nudge', act: onOne('Control+ArrowDown') },
  { name: 'duplicate', act: onOne('Control+d') },
  { name: 'delete', act: onOne('Delete') },
  {
    name: 'add',
    act: async (page) => {
      await onCanvas(page, 'Tab');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'parameter',
    act: async (page) => {
      await selectOne(page);
      await page.locator('[data-inspector] .cm-content').first().click();
      await page.keyboard.type('b');
      await onCanvas(page);
    },
  },
  { name: 'nudge all 1,000', act: async (page) => await onCanvas(page, 'Control+a', 'Control+ArrowDown') },
  { name: 'duplicate all 1,000', act: async (page) => await onCanvas(page, 'Control+a', 'Control+d') },
  { name: 'delete all 1,000', act: async (page) => await onCanvas(page, 'Control+a', 'Delete') },
  {
    name: 'tidy',
    act: async (page) => {
      await onCanvas(page, 'Escape', 'Control+Shift+L');
      await page.getByRole('button', { name: /^Undo: Tidy/ }).waitFor();
    },
  },
];

/** From Ctrl-Z on: what the main thread has to do until the frame without the edit is painted. */
export async function measureUndo(parts: BenchParts): Promise<void> {
  const draft = await createDraft(parts.server, largeGraph(1000), filters);
  const found = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round < parts.rounds; round += 1) {
    await onNewPage(parts, async (page) => {
      await openDraftPage(page, parts, draft);
      for (const { name, act } of commands) {
        await act(page);
        await comesToRest(page);
        await page.locator('[data-canvas]').focus();
        const { cpuMs } = await watchMainThread(page, async () => await undoAndPaint(page));
        found.get(name)?.push(cpuMs);
        await comesToRest(page);
      }
    });
  }
  const each = [...found].map(([name, times]) => ({ name, ms: quantile(times, 0.5) }));
  const slowest = Math.max(...each.map((one) => one.ms));
  parts.print('undo of any command at 1,000 steps', each.map((one) => `${one.name} ${ms(one.ms)}`).join(', '), `≤ 30 ms; the slowest ${ms(slowest)}`);
}

async function undoAndPaint(page: Page): Promise<void> {
  await page.evaluate(
    ([from, to]) => {
      const painted = new Promise<void>((resolve) => {
        const begin = ({ key }: KeyboardEvent): void => {
          // Ctrl is a key as well.
          if (key !== 'z') return;
          document.removeEventListener('keydown', begin, { capture: true });
          performance.mark(from);
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            // A message is delivered once the frame is painted.
            port1.addEventListener('message', () => {
              performance.mark(to);
              resolve();
            });
            port1.start();
            port2.postMessage(null);
          });
        };
        document.addEventListener('keydown', begin, { capture: true });
      });
      Object.assign(window, { painted });
    },
    [watchedFrom, watchedTo] as const,
  );
  await page.keyboard.press('Control+z');
  await page.evaluate(async () => await Reflect.get(window, 'painted'));
}
