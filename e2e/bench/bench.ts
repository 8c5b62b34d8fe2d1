import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../browser.ts';
import { TestServer } from '../fixtures/server.ts';
import { statusDelays } from './live-status.ts';
import { report } from './report.ts';

// Prints how soon a real run is on the screen; the designer's own figures are those of `npm run bench:designer`. `npm run bench`.

const home = await mkdtemp(join(tmpdir(), 'pipewright-bench-'));
const server = new TestServer(home);
await server.start();
const { executablePath, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, env });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const delays = await statusDelays(page, server);
  const quantile = (share: number): string => `${Math.round(delays[Math.floor(delays.length * share)] ?? Number.NaN)} ms`;
  report(`status change to pixels, median of ${delays.length}`, quantile(0.5), '');
  report('status change to pixels, p95', quantile(0.95), '≤ 150 ms');
} finally {
  await browser.close();
  await server.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}
