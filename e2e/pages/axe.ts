import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** When nothing moves any more, but for what never ends. */
export async function whenStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(async (animation) => await animation.finished));
  });
}

/** What axe has against the page when nothing moves any more: half faded in, every text lacks contrast. */
export async function violationsOn(page: Page): Promise<string[]> {
  await whenStill(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** What of it keeps somebody from using the page. */
export async function seriousViolations(page: Page): Promise<string[]> {
  return (await violationsOn(page)).filter((violation) => /^(?:serious|critical) /.test(violation));
}
