import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { findBrowser } from '../browser.ts';
import { TestServer } from '../fixtures/server.ts';
import { seriousViolations, whenStill } from '../pages/axe.ts';
import { allScreens, type Screen, type Workspace } from './all-screens.ts';
import { layoutShiftOf, watchLayoutShift } from './layout-shift.ts';

// Draws every screen to be looked at, into `.cache/screens`: `npm run screens`, or some of them by the beginning of their names. Says
// beside each what axe has against it, what hangs over the edge of the window, and how much jumped while it loaded.

interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly scale?: number;
}

const looks: readonly Look[] = [
  { name: '1440-light', width: 1440, height: 900, scheme: 'light' },
  { name: '1440-dark', width: 1440, height: 900, scheme: 'dark' },
  { name: '1024-light', width: 1024, height: 768, scheme: 'light' },
  { name: '1024-dark', width: 1024, height: 768, scheme: 'dark' },
  { name: '2560-light', width: 2560, height: 1440, scheme: 'light' },
  // A window of 1440 pixels at 200 %.
  { name: 'zoomed-light', width: 720, height: 450, scheme: 'light', scale: 2 },
];
const mostShift = 0.05;
/** Environments are built on the way: packages may have to be fetched first. */
const runsWithinMs = 300_000;

const folder = join(import.meta.dirname, '..', '..', '.cache', 'screens');
const wanted = process.argv.slice(2);
const screens = allScreens.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
const home = await mkdtemp(join(tmpdir(), 'pipewright-screens-'));
const server = new TestServer(home);
const { executablePath, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, env, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await mkdir(folder, { recursive: true });
  await server.start();
  const workspace = await fill(server.url);
  for (const look of looks) {
    for (const screen of screens) await draw(browser, { look, screen, workspace });
  }
  console.log(`\n${screens.length * looks.length} pictures are in ${folder}`);
} finally {
  await browser.close();
  await server.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}

async function draw(
  from: Browser,
  { look, screen, workspace }: { readonly look: Look; readonly screen: Screen; readonly workspace: Workspace },
): Promise<void> {
  const page = await from.newPage({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    reducedMotion: 'reduce',
    deviceScaleFactor: look.scale ?? 1,
  });
  const findings: string[] = [];
  page.on('pageerror', ({ message }) => findings.push(`an error of the page: ${message}`));
  await watchLayoutShift(page);
  try {
    await screen.open(page, workspace);
    await page.waitForLoadState('networkidle').catch(() => {});
    await page.evaluate(async () => await document.fonts.ready);
    await whenStill(page);
    await page.screenshot({ path: join(folder, `${screen.name}-${look.name}.png`) });
    const shift = await layoutShiftOf(page);
    if (shift > mostShift) findings.push(`jumped by ${shift.toFixed(2)} while it loaded`);
    if (await isWiderThanWindow(page)) findings.push('is wider than the window');
    if (look.name.startsWith('1440')) findings.push(...(await seriousViolations(page)));
  } catch (error) {
    findings.push(`was not reached: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
  }
  console.log(`${screen.name} ${look.name}${findings.map((finding) => `\n    ${finding}`).join('')}`);
  await page.close();
}

async function isWiderThanWindow(page: Page): Promise<boolean> {
  return await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** A sample that has run, one that has not, an empty draft, and one with a failure. */
async function fill(url: string): Promise<Workspace> {
  const [draftWithRun, freshDraft] = [await post(`${url}/api/gallery/fuel-economy/clone`), await post(`${url}/api/gallery/fuel-economy/clone`)].map(
    (answer) => Draft.parse(answer).id,
  );
  if (draftWithRun === undefined || freshDraft === undefined) throw new Error('expected two drafts');
  const emptyDraft = Draft.parse(await post(`${url}/api/drafts`, {})).id;
  const jobs = {
    makes: { command: 'echo made > ${{outputs.out}}', outputs: { out: { type: 'uri_file' } } },
    fails: { command: 'echo reading; echo "ValueError: no column horse_power" >&2; exit 1', inputs: { table: '${{parent.jobs.makes.outputs.out}}' } },
    waits: { command: 'true', inputs: { table: '${{parent.jobs.fails.outputs.out}}' } },
  };
  const failedDraft = Draft.parse(await post(`${url}/api/drafts`, { document: { type: 'pipeline', display_name: 'A failure', jobs } })).id;
  const run = await runOf(url, draftWithRun);
  const failedRun = await runOf(url, failedDraft).catch(() => run);
  return { url, draftWithRun, freshDraft, emptyDraft, failedDraft, run, failedRun };
}

async function post(address: string, body: unknown = {}): Promise<unknown> {
  const response = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
  return await response.json();
}

/** Runs a draft to its end. */
async function runOf(url: string, draft: string): Promise<string> {
  const { id } = RunSummary.pick({ id: true }).parse(await post(`${url}/api/drafts/${draft}/runs`));
  const page = await browser.newPage();
  await page.goto(`${url}/drafts/${draft}`);
  await page.locator('[data-run-status="completed"], [data-run-status="failed"]').waitFor({ timeout: runsWithinMs });
  await page.close();
  return id;
}
