import type { Page } from '@playwright/test';

/** The animation of a view is over when two frames show the same. */
export async function standsStill(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const now = document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform;
      const before: unknown = Reflect.get(window, 'seenTransform');
      Object.assign(window, { seenTransform: now });
      return now === before;
    },
    undefined,
    { polling: 100 },
  );
}
