import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.ts';

const { executablePath, env } = await findBrowser();

export default defineConfig({
  testDir: './specs',
  globalSetup: './fixtures/build-page.ts',
  // A journey takes twenty seconds on a machine that does nothing else.
  timeout: 120_000,
  globalTimeout: 900_000,
  expect: { timeout: 30_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  outputDir: '../.cache/test-results',
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    // What moves without need keeps a processor busy that draws by itself; what is about motion asks for it.
    contextOptions: { reducedMotion: 'reduce' },
    // Root has no sandbox, and a machine of tests no graphics card.
    launchOptions: { executablePath, env, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
