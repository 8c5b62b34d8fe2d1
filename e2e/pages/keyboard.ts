import { expect, type Page } from '@playwright/test';

/** More stops than any pane has. */
const mostStops = 120;

/** Somebody who has no pointer: everything here is keys, and looking at what has the focus. */
export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Runs a command by the palette. */
  async command(title: string): Promise<void> {
    await this.press('Control+k');
    await this.choose(title, title);
  }

  /** Types into the list that has just been opened until the option is the chosen one, and takes it. */
  async choose(query: string, option: string | RegExp): Promise<void> {
    await expect(this.page.locator('[role="combobox"]:focus')).toHaveCount(1);
    await this.type(query);
    await expect(this.page.getByRole('option', { name: option }).and(this.page.locator('[aria-selected="true"]'))).toHaveCount(1);
    await this.press('Enter');
  }

  /** Opens the menu by the button of this name, and takes the item. */
  async menu(button: string, item: string): Promise<void> {
    await this.tabTo(button);
    await this.press('Enter');
    await expect(this.page.getByRole('menu')).toBeVisible();
    await this.walkTo(async () => (await this.page.locator('[role="menuitem"]:focus').allTextContents()).join(''), item);
    await this.press('Enter');
  }

  /** In the closed list that has the keyboard. */
  async pick(option: string): Promise<void> {
    await this.press('ArrowDown');
    const active = this.page.locator('[role="option"][data-combobox-selected]');
    await expect(active).toHaveCount(1);
    await this.walkTo(async () => (await active.textContent()) ?? '', option);
    await this.press('Enter');
  }

  private async walkTo(where: () => Promise<string>, wanted: string): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < mostStops; stop += 1) {
      const here = await where();
      if (here === wanted) return;
      passed.push(here);
      await this.press('ArrowDown');
    }
    throw new Error(`no arrow led to ${wanted}, but past ${[...new Set(passed)].join(' · ')}`);
  }

  /** Round the panes until the graph has the keyboard. */
  async toCanvas(): Promise<void> {
    for (let stop = 0; stop < mostStops; stop += 1) {
      if (await this.page.evaluate(() => document.activeElement?.closest('[data-canvas]') !== null)) return;
      await this.press('F6');
    }
    throw new Error('F6 did not lead to the canvas');
  }

  /** On by Tab until something of this name has the keyboard. */
  async tabTo(name: string | RegExp): Promise<void> {
    const isIt = (found: string | null): boolean => found !== null && (typeof name === 'string' ? found === name : name.test(found));
    const passed: (string | null)[] = [];
    for (let stop = 0; stop < mostStops; stop += 1) {
      const found = await this.nameOfFocus();
      if (isIt(found)) return;
      passed.push(found);
      await this.press('Tab');
    }
    throw new Error(`Tab did not lead to ${String(name)}, but past ${passed.join(' · ')}`);
  }

  /** As a screen reader would say it. */
  private async nameOfFocus(): Promise<string | null> {
    return await this.page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels].map(({ textContent }) => textContent ?? '').join(' ') : '';
      const labelledBy = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
      return element.getAttribute('aria-label') ?? (labels.trim() || labelledBy.join(' ').trim() || element.textContent?.trim()) ?? null;
    });
  }
}
