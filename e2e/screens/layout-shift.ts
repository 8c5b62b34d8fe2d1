import type { Page } from '@playwright/test';

/** Begins to count, before anything of the page is there, how far things jump without anybody having asked for it. */
export async function watchLayoutShift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { layoutShift: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // By the definition of the cumulative layout shift, what follows a key or a press does not count.
        const hadInput: unknown = Reflect.get(entry, 'hadRecentInput');
        const value: unknown = Reflect.get(entry, 'value');
        if (hadInput === false && typeof value === 'number') seen.shift += value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** So far, on the page that is open. */
export async function layoutShiftOf(page: Page): Promise<number> {
  return await page.evaluate((): number => {
    const seen: unknown = Reflect.get(window, 'layoutShift');
    const shift: unknown = seen !== null && typeof seen === 'object' ? Reflect.get(seen, 'shift') : null;
    return typeof shift === 'number' ? shift : Number.NaN;
  });
}
