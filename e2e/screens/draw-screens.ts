import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../browser.ts';
import { TestServer } from '../fixtures/server.ts';
import { allScreens } from './all-screens.ts';
import { drawScreen, looks } from './draw-screen.ts';
import { fillWorkspace } from './workspace.ts';

// Draws every screen to be looked at, into `.cache/screens`: `npm run screens`, or some of them by the beginning of their names. Says
// beside each what axe has against it, what hangs over the edge of the window, and how much jumped while it loaded.

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
  const workspace = await fillWorkspace(server.url, browser);
  for (const look of looks) {
    for (const screen of screens) {
      const findings = await drawScreen({ screen, look, workspace, folder });
      console.log(`${screen.name} ${look.name}${findings.map((finding) => `\n    ${finding}`).join('')}`);
    }
  }
  console.log(`\n${screens.length * looks.length} pictures are in ${folder}`);
} finally {
  await browser.close();
  await server.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}
