import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import type { TestServer } from '../fixtures/server.ts';
import { noteStatuses, seenStatuses } from './designer/seen-statuses.ts';

const stepCount = 40;

/** What a step is shown as once an event has been taken. */
const shownAs: Partial<Record<RunEvent['type'], string>> = {
  'step:run-decided': 'preparing',
  'step:prepared': 'queued',
  'step:started': 'running',
  'step:exited': 'finalizing',
  'step:collected': 'completed',
};

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
  await noteStatuses(page);
  await writeFile(go, '');
  await page.waitForFunction((count) => document.querySelectorAll('[data-step][data-status="completed"]').length === count, stepCount, { timeout: 60_000 });
  const seen = await seenStatuses(page);
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
