import type { Browser, Page } from '@playwright/test';
import type { TestServer } from '../../fixtures/server.ts';

/** What every measure has to do with. */
export interface BenchParts {
  readonly browser: Browser;
  readonly server: TestServer;
  /** The built page of bare React Flow. */
  readonly bareFolder: string;
  readonly rounds: number;
  readonly print: (work: string, measured: string, wanted: string) => void;
}

/** A page of its own for each thing that is measured, so that none carries what another left behind. */
export async function onNewPage<T>({ browser }: BenchParts, act: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    return await act(await context.newPage());
  } finally {
    await context.close();
  }
}

export async function openDraftPage(page: Page, { server }: BenchParts, draft: string): Promise<void> {
  await page.goto(`${server.url}/drafts/${draft}`);
  await page.locator('[data-step]').first().waitFor();
  // What is asked for after the opening is over when the draft has nothing to say any more.
  await page.waitForLoadState('networkidle');
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
