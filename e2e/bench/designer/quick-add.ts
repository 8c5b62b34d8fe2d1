import type { Page } from '@playwright/test';
import { z } from 'zod';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { type BenchParts, ms, onNewPage, openDraftPage } from './bench-parts.ts';
import { createDraft, filters, largeGraph } from './large-graph.ts';
import { median } from './statistics.ts';

const componentCount = 2000;

/** From Tab to the list on the screen, and from a letter to what answers to it. */
export async function measureQuickAdd(parts: BenchParts): Promise<void> {
  const draft = await createDraft(parts.server, largeGraph(40), filters);
  const { items } = z.object({ items: z.array(RegisteredComponent) }).parse(await (await fetch(`${parts.server.url}/api/components?limit=500`)).json());
  const many = Array.from({ length: componentCount }, (_, index) => {
    const item = items[index % items.length];
    if (!item) throw new Error('expected components');
    const name = `${item.name}_${index}`;
    const component = { ...item.component, name, display_name: `${item.component.display_name ?? item.name} ${index}` };
    return { ...item, name, reference: `azureml:${name}:1`, component };
  });
  await onNewPage(parts, async (page) => {
    await page.route(/\/api\/components(\?|$)/, async (route) => await route.fulfill({ json: { items: many, nextCursor: null } }));
    await openDraftPage(page, parts, draft);
    const [opened, found]: [number[], number[]] = [[], []];
    for (let round = -1; round < parts.rounds * 3; round += 1) {
      await page.locator('[data-canvas]').focus();
      const open = await keyToOption(page, 'Tab');
      const find = await keyToOption(page, 'f');
      await page.keyboard.press('Escape');
      await page.getByRole('listbox').waitFor({ state: 'detached' });
      if (round >= 0) opened.push(open);
      if (round >= 0) found.push(find);
    }
    parts.print('quick add with 2,000 components, key to list', `${ms(median(opened))}, a letter ${ms(median(found))}`, '≤ 50 ms');
  });
}

/** From a key to the frame that has its options on the screen. */
async function keyToOption(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    document.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const shown = (): void => {
          if (!document.querySelector('[role=option]')) return void requestAnimationFrame(shown);
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => Object.assign(window, { keyTook: performance.now() - timeStamp }), { once: true });
          port1.start();
          port2.postMessage(null);
        };
        requestAnimationFrame(shown);
      },
      { capture: true, once: true },
    );
    Object.assign(window, { keyTook: null });
  });
  await page.keyboard.press(key);
  const took = await page.waitForFunction(() => Number(Reflect.get(window, 'keyTook')) || null);
  return Number(await took.jsonValue());
}
