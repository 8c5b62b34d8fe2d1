import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, WebSocketRoute } from '@playwright/test';
import { RunEvents } from '@pipewright/shared/http/runs.ts';
import { RunSummary, type StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { type BenchParts, ms, onNewPage, openDraftPage } from './bench-parts.ts';
import { createDraft, largeGraph, waitingFor } from './large-graph.ts';
import { untilTime } from './until-time.ts';
import { type MainThread, watchMainThread } from './main-thread.ts';
import { noteStatuses, seenStatuses } from './seen-statuses.ts';
import { standsStill } from './stands-still.ts';
import { median, quantile } from './statistics.ts';

const stepCount = 1000;
const batches = 20;
const batchMs = 50;

interface Burst {
  readonly thread: MainThread;
  readonly delays: readonly number[];
}

/**
 * A thousand steps change their status within a second, in the batches in which the server sends them. They are told by the
 * bench in the words of the server, so that no process of a step takes the processor from what is measured.
 */
export async function measureStatuses(parts: BenchParts): Promise<void> {
  const go = join(parts.server.home, 'go');
  const draft = await createDraft(parts.server, largeGraph(stepCount), waitingFor(go));
  const response = await fetch(`${parts.server.url}/api/drafts/${draft}/runs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ force: true }),
  });
  const run = RunSummary.parse(await response.json());
  for (const [name, press] of [
    ['in detail', '0'],
    ['the whole graph in view', '1'],
  ] as const) {
    const bursts: Burst[] = [];
    for (let round = 0; round < parts.rounds; round += 1) bursts.push(await onNewPage(parts, async (page) => await burst(page, parts, { draft, run, press })));
    const delays = bursts.flatMap((one) => one.delays);
    const longest = median(bursts.map(({ thread }) => thread.longestMs));
    const cpu = median(bursts.map(({ thread }) => thread.longestCpuMs));
    const measured = `longest task ${ms(longest)} (${ms(cpu)} of the processor), pixels median ${ms(median(delays))}, p95 ${ms(quantile(delays, 0.95))}`;
    parts.print(`1,000 status changes in one second at 1,000 steps, ${name}`, measured, 'task ≤ 50 ms, p95 ≤ 120 ms');
  }
  await fetch(`${parts.server.url}/api/runs/${run.id}/cancel`, { method: 'POST' });
  await writeFile(go, '');
}

interface BurstOf {
  readonly draft: string;
  readonly run: RunSummary;
  readonly press: string;
}

async function burst(page: Page, parts: BenchParts, { draft, run, press }: BurstOf): Promise<Burst> {
  const { promise: connected, resolve } = Promise.withResolvers<WebSocketRoute>();
  await page.routeWebSocket(/socket\.io/, (socket) => {
    socket.connectToServer();
    resolve(socket);
  });
  await openDraftPage(page, parts, draft);
  const socket = await connected;
  await page.locator('[data-canvas]').focus();
  await page.keyboard.press(press);
  await page.locator('[data-step][data-status="waiting"]').first().waitFor();
  await standsStill(page);
  const { items } = RunEvents.parse(await (await fetch(`${parts.server.url}/api/runs/${run.id}/events`)).json());
  const last = items.at(-1)?.seq ?? 0;
  await noteStatuses(page);
  const sent = new Map<string, number>();
  const thread = await watchMainThread(page, async () => {
    for (let batch = 0; batch < batches; batch += 1) {
      const next = performance.now() + batchMs;
      const events = changesOf(run, { from: (batch * stepCount) / batches, after: last });
      for (const { step } of events) sent.set(step, performance.timeOrigin + performance.now());
      socket.send(`42${JSON.stringify(['run:changed', { runId: run.id, seq: events.at(-1)?.seq ?? 0, events }])}`);
      await untilTime(next);
    }
    // Two frames later everything is on the screen.
    await page.evaluate(async () => await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  });
  const seen = await seenStatuses(page);
  const delays = seen.flatMap(({ step, status, at }) => (status === 'finalizing' ? [at - (sent.get(step) ?? Number.NaN)] : [])).filter(Number.isFinite);
  if (delays.length === 0) throw new Error('expected statuses on the screen');
  return { thread, delays };
}

interface BatchOf {
  readonly from: number;
  /** The number of the last event that the server has told itself. */
  readonly after: number;
}

type Change = Extract<StoredRunEvent, { readonly type: 'step:preparation-progressed' }>;

function changesOf(run: RunSummary, { from, after }: BatchOf): Change[] {
  return Array.from({ length: stepCount / batches }, (_, index): Change => {
    const [step, at] = [`s${from + index}`, new Date().toISOString()];
    const stepRun: StepRun = {
      key: step,
      attempts: 1,
      notes: [],
      decision: 'run',
      reasons: [],
      fingerprint: 'f',
      status: 'finalizing',
      since: at,
      startedAt: at,
    };
    return { type: 'step:preparation-progressed', at, step, detail: 'bench', seq: after + from + index + 1, changes: { run, steps: [stepRun] } };
  });
}
