import type { Page } from '@playwright/test';

interface Sighting {
  readonly step: string;
  readonly status: string;
  /** Milliseconds of the epoch, after the frame was painted. */
  readonly at: number;
}

/** Notes from now on when which status of which step is on the screen. */
export async function noteStatuses(page: Page): Promise<void> {
  await page.evaluate(noteWhatIsShown);
}

export async function seenStatuses(page: Page): Promise<Sighting[]> {
  return await page.evaluate((): Sighting[] => Reflect.get(window, 'sightings'));
}

function noteWhatIsShown(): void {
  const sightings: { step: string; status: string; at: number }[] = [];
  Object.assign(window, { sightings });
  const observer = new MutationObserver((changes) => {
    const shown = changes.flatMap(({ target }) =>
      target instanceof HTMLElement ? [{ step: target.dataset['step'] ?? '', status: target.dataset['status'] ?? '' }] : [],
    );
    requestAnimationFrame(() => {
      // A message that is sent in a frame arrives after its painting.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        const at = performance.timeOrigin + performance.now();
        sightings.push(...shown.map((one) => ({ ...one, at })));
        port1.close();
      });
      port1.start();
      port2.postMessage(null);
    });
  });
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-status'] });
}
