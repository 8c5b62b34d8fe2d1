import type { Page } from '@playwright/test';
import type { TestServer } from '../fixtures/server.ts';
import { report } from './report.ts';

const stepCount = 1000;
const columns = 20;
const gestureMoves = 60;
const frameMs = 16;

/**
 * How a draft of a thousand steps opens, pans and is dragged. Frames are those of this machine without a graphics card,
 * so the same gestures are measured on a small draft beside it: read the ratio.
 */
export async function measureLargeDraft(page: Page, server: TestServer): Promise<void> {
  const [small, large] = [await createDraft(server, columns), await createDraft(server, stepCount)];
  const open = async (draft: string): Promise<number> => await openMs(page, `${server.url}/drafts/${draft}`);
  // The first visit fetches the page's parts; what is measured is the draft.
  await open(small);
  const opened = [await open(large), await open(large), await open(large)].toSorted((a, b) => a - b);
  report(`open a draft of ${stepCount} steps, navigation to steps drawn`, `${Math.round(opened[1] ?? 0)} ms`, '≤ 2500 ms');
  await open(small);
  const bare = { drag: await dragFps(page), pan: await panFps(page) };
  await open(large);
  const ours = { drag: await dragFps(page), pan: await panFps(page) };
  report('pan by wheel', `${ours.pan.toFixed(0)} fps`, `> 30 fps; ${(ours.pan / bare.pan).toFixed(2)} of a draft of ${columns}`);
  report('drag of one step', `${ours.drag.toFixed(0)} fps`, `${(ours.drag / bare.drag).toFixed(2)} of a draft of ${columns}`);
}

async function createDraft(server: TestServer, count: number): Promise<string> {
  const keys = Array.from({ length: count }, (_, index) => index);
  const jobs = Object.fromEntries(
    keys.map((index) => {
      const source = index < columns ? {} : { table: `\${{parent.jobs.s${index - columns}.outputs.result}}` };
      return [`s${index}`, { component: 'azureml:filter_rows:1', display_name: `Filter ${index}`, inputs: { ...source, condition: 'a > 1' }, outputs: {} }];
    }),
  );
  const steps = Object.fromEntries(keys.map((index) => [`s${index}`, { x: (index % columns) * 264, y: Math.floor(index / columns) * 112 }]));
  const name = `${count} steps`;
  const response = await fetch(`${server.url}/api/drafts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, document: { type: 'pipeline', display_name: name, jobs }, layout: { steps, notes: {}, groups: {} } }),
  });
  if (!response.ok) throw new Error(`the draft was not made: ${response.status} ${await response.text()}`);
  const draft: unknown = await response.json();
  if (draft === null || typeof draft !== 'object' || !('id' in draft) || typeof draft.id !== 'string') throw new Error('expected the id of a draft');
  return draft.id;
}

async function openMs(page: Page, address: string): Promise<number> {
  const began = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('[data-step]').first().waitFor();
  return performance.now() - began;
}

/** Frames per second while an action goes on. */
async function fpsOf(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const times: number[] = [];
    const tick = (time: number): void => {
      times.push(time);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frameTimes: times });
  });
  await act();
  const times = await page.evaluate((): number[] => Reflect.get(window, 'frameTimes'));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return last > first ? ((times.length - 1) * 1000) / (last - first) : 0;
}

/** A hand moves sixty times a second, however long the page takes for a frame. */
async function atHandSpeed(move: (index: number) => Promise<void>): Promise<void> {
  for (let index = 0; index < gestureMoves; index += 1) {
    const next = performance.now() + frameMs;
    await move(index);
    while (performance.now() < next) await new Promise(setImmediate);
  }
}

async function panFps(page: Page): Promise<number> {
  const box = await page.locator('[data-canvas]').boundingBox();
  if (!box) throw new Error('expected a canvas');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  return fpsOf(page, () => atHandSpeed(() => page.mouse.wheel(0, 20)));
}

async function dragFps(page: Page): Promise<number> {
  const [x, y] = await page.evaluate((): [number, number] => {
    const canvas = document.querySelector('[data-canvas]')?.getBoundingClientRect();
    if (!canvas) throw new Error('expected a canvas');
    const boxes = [...document.querySelectorAll('[data-step]')].map((step) => step.getBoundingClientRect());
    const seen = boxes.find(
      ({ left, right, top, bottom }) => left > canvas.left + 160 && right < canvas.right && top > canvas.top + 20 && bottom < canvas.bottom,
    );
    if (!seen) throw new Error('expected a step in view');
    return [seen.left + seen.width / 2, seen.top + seen.height / 2];
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  const fps = await fpsOf(page, () => atHandSpeed((index) => page.mouse.move(x + index * 2, y + index)));
  await page.mouse.up();
  return fps;
}
