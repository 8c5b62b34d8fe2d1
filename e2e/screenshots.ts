import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, expect } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { findBrowser } from './browser.ts';
import { TestServer } from './fixtures/server.ts';

// Makes the pictures of the documentation from the real thing: `npm run screenshots`.

const root = join(import.meta.dirname, '..');
/** Environments are built on the way: packages may have to be fetched first. */
const runsWithinMs = 300_000;

await promisify(execFile)(process.execPath, ['scripts/build.ts'], { cwd: root });
const home = await mkdtemp(join(tmpdir(), 'pipewright-screenshots-'));
const server = new TestServer(home);
const { executablePath, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, env, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await server.start();
  await drawDesigner('fuel-economy', join(root, 'docs', 'designer.png'));
} finally {
  await browser.close();
  await server.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}

/** The designer with a finished run of a sample. */
async function drawDesigner(sample: string, file: string): Promise<void> {
  const cloned = await fetch(`${server.url}/api/gallery/${sample}/clone`, { method: 'POST' });
  const { id } = Draft.parse(await cloned.json());
  await fetch(`${server.url}/api/drafts/${id}/runs`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(`${server.url}/drafts/${id}`);
  const steps = page.locator('[data-step]');
  await expect(steps.first()).toBeVisible();
  await expect(steps.and(page.locator(':not([data-status="completed"])'))).toHaveCount(0, { timeout: runsWithinMs });
  await page.evaluate(async () => await document.fonts.ready);
  await page.screenshot({ path: file });
  console.log(file);
}
