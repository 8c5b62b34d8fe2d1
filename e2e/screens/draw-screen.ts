import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { seriousViolations, whenStill } from '../pages/axe.ts';
import { layoutShiftOf, watchLayoutShift } from './layout-shift.ts';
import type { Screen } from './screen.ts';
import type { Workspace } from './workspace.ts';

export interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly scale?: number;
}

export const looks: readonly Look[] = [
  { name: '1440-light', width: 1440, height: 900, scheme: 'light' },
  { name: '1440-dark', width: 1440, height: 900, scheme: 'dark' },
  { name: '1024-light', width: 1024, height: 768, scheme: 'light' },
  { name: '1024-dark', width: 1024, height: 768, scheme: 'dark' },
  { name: '2560-light', width: 2560, height: 1440, scheme: 'light' },
  // A window of 1440 pixels at 200 %.
  { name: 'zoomed-light', width: 720, height: 450, scheme: 'light', scale: 2 },
];
const mostShift = 0.05;

interface Drawing {
  readonly screen: Screen;
  readonly look: Look;
  readonly workspace: Workspace;
  readonly folder: string;
}

/** Makes its picture, and answers what is to be said against it. */
export async function drawScreen({ screen, look, workspace, folder }: Drawing): Promise<string[]> {
  const context = await workspace.browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    reducedMotion: 'reduce',
    deviceScaleFactor: look.scale ?? 1,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const findings: string[] = [];
  page.on('pageerror', ({ message }) => findings.push(`an error of the page: ${message}`));
  await watchLayoutShift(page);
  try {
    await screen.open(page, workspace);
    await settle(page);
    await page.screenshot({ path: join(folder, `${screen.name}-${look.name}.png`) });
    const shift = await layoutShiftOf(page);
    if (shift > mostShift) findings.push(`jumped by ${shift.toFixed(2)} while it loaded`);
    if (await isWiderThanWindow(page)) findings.push('is wider than the window');
    if (look.name.startsWith('1440')) findings.push(...(await seriousViolations(page)));
  } catch (error) {
    findings.push(`was not reached: ${error instanceof Error ? error.message.split('\n').slice(0, 4).join(' ') : String(error)}`);
    await page.screenshot({ path: join(folder, `${screen.name}-${look.name}.png`) }).catch(() => {});
  }
  // Those of somebody else as well, where there are two in a draft.
  await closeAll(workspace.browser);
  return findings;
}

async function settle(page: Page): Promise<void> {
  // What waits for an answer that never comes is looked at as it waits.
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => {});
  await page.evaluate(async () => await document.fonts.ready);
  await whenStill(page);
}

async function closeAll(browser: Browser): Promise<void> {
  for (const context of browser.contexts()) await context.close();
}

async function isWiderThanWindow(page: Page): Promise<boolean> {
  return await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
