import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import type { TestServer } from '../fixtures/server.ts';

const stepCount = 40;

/** What a step is shown as once an event has been taken. */
const shownAs: Partial<Record<RunEvent['type'], string>> = {
  'step:run-decided': 'preparing',
  'step:prepared': 'queued',
  'step:started': 'running',
  'step:exited': 'finalizing',
  'step:collected': 'completed',
};

interface Sighting {
  readonly step: string;
  readonly status: string;
  /** Milliseconds of the epoch, after the frame was painted. */
  readonly at: number;
}

/** Milliseconds from a status being stored to its pixels, sorted. What was overtaken within a batch has no pixels and does not count. */
export async function statusDelays(page: Page, server: TestServer): Promise<number[]> {
  const go = join(server.home, 'go');
  const waits = `until [ -e ${go} ]; do read -t 0.05 <> <(:) || :; done`;
  const jobs: Record<string, unknown> = { s0: { command: waits, outputs: { out: null } } };
  for (let index = 1; index < stepCount; index += 1) {
    jobs[`s${index}`] = {
      command: 'read -t 0.2 <> <(:) || :',
      inputs: { before: `\${{parent.jobs.s${Math.max(0, index - 2)}.outputs.out}}` },
      outputs: { out: null },
    };
  }
  const submitted = await fetch(`${server.url}/api/runs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ document: { type: 'pipeline', jobs }, force: true }),
  });
  const { id } = await submitted.json();
  await page.goto(`${server.url}/runs/${id}`);
  await page.locator('[data-step="s0"][data-status="running"]').waitFor();
  await page.evaluate(noteWhatIsShown);
  await writeFile(go, '');
  await page.waitForFunction((count) => document.querySelectorAll('[data-step][data-status="completed"]').length === count, stepCount, { timeout: 60_000 });
  const seen: Sighting[] = await page.evaluate(() => Reflect.get(window, 'sightings'));
  const { items } = await (await fetch(`${server.url}/api/runs/${id}/events`)).json();
  const stored = new Map<string, number>();
  for (const event of items) {
    const status = shownAs[event.type as RunEvent['type']];
    if (status) stored.set(`${event.step} ${status}`, Date.parse(event.at));
  }
  const delays = seen.flatMap(({ step, status, at }) => {
    const since = stored.get(`${step} ${status}`);
    return since === undefined ? [] : [at - since];
  });
  return delays.toSorted((a, b) => a - b);
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
