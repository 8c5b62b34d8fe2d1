import type { Page } from '@playwright/test';
import { openBare, type Viewport } from './bare-page.ts';
import { type BenchParts, onNewPage, openDraftPage } from './bench-parts.ts';
import { createDraft, filters, type LargeGraph, largeGraph } from './large-graph.ts';
import { untilTime } from './until-time.ts';
import { type MainThread, watchMainThread } from './main-thread.ts';
import { standsStill } from './stands-still.ts';
import { median } from './statistics.ts';

const gestureMoves = 60;
const frameMs = 1000 / 60;

interface Motion {
  readonly fps: number;
  /** Of the main thread, for each move of the hand. */
  readonly cpuMs: number;
}

type Gesture = 'drag' | 'pan' | 'zoom';
const gestures: readonly Gesture[] = ['drag', 'pan', 'zoom'];

/** Frames while a hand drags, pans and zooms at a thousand steps, beside React Flow alone, in turn. */
export async function measureMoving(parts: BenchParts): Promise<void> {
  const graph = largeGraph(1000);
  const draft = await createDraft(parts.server, graph, filters);
  for (const [name, press] of [
    ['in detail', '0'],
    ['the whole graph in view', '1'],
  ] as const) {
    const found = new Map<string, Motion[]>();
    for (let round = 0; round < parts.rounds; round += 1) {
      const viewport = await onNewPage(parts, async (page) => {
        await openDraftPage(page, parts, draft);
        await lookAt(page, press);
        const seen = await viewportOf(page);
        for (const gesture of gestures) note(found, `ours ${gesture}`, await moved(page, gesture));
        return seen;
      });
      await onNewPage(parts, async (page) => {
        await openBareAt(page, parts, { graph, viewport });
        for (const gesture of gestures) note(found, `bare ${gesture}`, await moved(page, gesture));
      });
    }
    for (const gesture of gestures) printPair(parts, `${gesture} at 1,000 steps, ${name}`, found, gesture);
  }
}

function printPair({ print }: BenchParts, work: string, found: ReadonlyMap<string, Motion[]>, gesture: Gesture): void {
  const [ours, bare] = [found.get(`ours ${gesture}`) ?? [], found.get(`bare ${gesture}`) ?? []];
  const fps = (motions: Motion[]): number => median(motions.map((motion) => motion.fps));
  const cpu = (motions: Motion[]): number => median(motions.map(({ cpuMs }) => cpuMs));
  const figures = `${fps(ours).toFixed(0)} fps, bare React Flow ${fps(bare).toFixed(0)} fps (main thread ${cpu(ours).toFixed(1)} and ${cpu(bare).toFixed(1)} ms a move)`;
  print(work, figures, `**${(fps(ours) / fps(bare)).toFixed(2)} ×** (≥ 0.85 ×)`);
}

function note(found: Map<string, Motion[]>, name: string, motion: Motion): void {
  found.set(name, [...(found.get(name) ?? []), motion]);
}

async function lookAt(page: Page, press: string): Promise<void> {
  await page.locator('[data-canvas]').focus();
  await page.keyboard.press(press);
  await standsStill(page);
}

async function viewportOf(page: Page): Promise<Viewport> {
  return await page.evaluate(() => {
    const viewport = document.querySelector('.react-flow__viewport');
    const canvas = document.querySelector('.react-flow');
    if (!viewport || !canvas) throw new Error('expected a canvas');
    const { a, e, f } = new DOMMatrix(getComputedStyle(viewport).transform);
    return { x: e, y: f, zoom: a };
  });
}

async function openBareAt(
  page: Page,
  { bareFolder }: BenchParts,
  { graph, viewport }: { readonly graph: LargeGraph; readonly viewport: Viewport },
): Promise<void> {
  await openBare(page, { folder: bareFolder, graph, viewport });
  await standsStill(page);
}

async function moved(page: Page, gesture: Gesture): Promise<Motion> {
  const centre = await (gesture === 'drag' ? nodeInView(page) : middleOf(page));
  await page.mouse.move(centre.x, centre.y);
  if (gesture === 'drag') await page.mouse.down();
  if (gesture === 'zoom') await page.keyboard.down('Control');
  let fps = 0;
  const thread: MainThread = await watchMainThread(page, async () => {
    fps = await fpsOf(page, async () => await atHandSpeed(async (index) => await move(page, gesture, { ...centre, index })));
  });
  if (gesture === 'drag') await page.mouse.up();
  if (gesture === 'zoom') await page.keyboard.up('Control');
  return { fps, cpuMs: thread.cpuMs / gestureMoves };
}

async function move({ mouse }: Page, gesture: Gesture, { x, y, index }: { readonly x: number; readonly y: number; readonly index: number }): Promise<void> {
  if (gesture === 'drag') await mouse.move(x + index * 2, y + index);
  else if (gesture === 'pan') await mouse.wheel(0, index < gestureMoves / 2 ? 20 : -20);
  // In and out again, within one level of detail.
  else await mouse.wheel(0, index % 20 < 10 ? -4 : 4);
}

/** Frames per second while an action goes on. */
async function fpsOf(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const times: number[] = [];
    const tick = (time: number): void => {
      times.push(time);
      if (Reflect.get(window, 'frameTimes') === times) requestAnimationFrame(tick);
    };
    Object.assign(window, { frameTimes: times });
    requestAnimationFrame(tick);
  });
  await act();
  const times = await page.evaluate((): number[] => {
    const seen: number[] = Reflect.get(window, 'frameTimes');
    Object.assign(window, { frameTimes: null });
    return seen;
  });
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return last > first ? ((times.length - 1) * 1000) / (last - first) : 0;
}

/** A hand moves sixty times a second, however long the page takes for a frame. */
async function atHandSpeed(act: (index: number) => Promise<void>): Promise<void> {
  for (let index = 0; index < gestureMoves; index += 1) {
    const next = performance.now() + frameMs;
    await act(index);
    await untilTime(next);
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

async function middleOf(page: Page): Promise<Point> {
  const box = await page.locator('.react-flow').boundingBox();
  if (!box) throw new Error('expected a canvas');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The middle of a node that is nearest to the middle of the canvas. */
async function nodeInView(page: Page): Promise<Point> {
  const middle = await middleOf(page);
  return await page.evaluate(({ x, y }) => {
    const points = [...document.querySelectorAll('.react-flow__node')].map((node) => {
      // Our nodes draw inside an element that has no size.
      const { left, top, width, height } = (node.querySelector('[data-step]') ?? node).getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    });
    const far = (point: { x: number; y: number }): number => Math.hypot(point.x - x, point.y - y);
    const [nearest] = points.toSorted((a, b) => far(a) - far(b));
    if (!nearest) throw new Error('expected a node in view');
    return nearest;
  }, middle);
}
