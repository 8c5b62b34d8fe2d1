import { expect, type Locator, type Page } from '@playwright/test';

/** The designer as a person uses it; names are those of the page's contract. */
export class Designer {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get canvas(): Locator {
    return this.page.getByRole('region', { name: 'Pipeline', exact: true });
  }

  get indicator(): Locator {
    return this.page.getByRole('banner').getByRole('status');
  }

  get runButton(): Locator {
    return this.page.getByRole('banner').getByRole('button', { name: /^Run pipeline/ });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.canvas).toBeVisible();
  }

  step(key: string): Locator {
    return this.page.locator(`[data-step="${key}"]`);
  }

  port(address: string): Locator {
    return this.page.locator(`[data-port="${address}"]`);
  }

  edge(address: string): Locator {
    return this.page.locator(`[data-edge="${address}"]`);
  }

  async expectStatus(key: string, status: string): Promise<void> {
    await expect(this.step(key)).toHaveAttribute('data-status', status, { timeout: 45_000 });
  }

  async expectSaved(): Promise<void> {
    await expect(this.indicator).toContainText('Saved');
  }

  /** From one port to another with moves in between, as a hand does it. */
  async connect(from: string, to: string): Promise<void> {
    await this.drag(this.port(from), this.port(to));
  }

  async drag(from: Locator, to: Locator): Promise<void> {
    const [start, end] = [await centreOf(from), await centreOf(to)];
    const { mouse } = this.page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
    await mouse.move(end.x, end.y, { steps: 5 });
    await mouse.up();
  }

  /** Opens the run dialog, looks at the plan and starts. */
  async run(): Promise<void> {
    await this.runButton.click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Run \d[\d–]* steps?|^Reuse/ }).click();
    await expect(dialog).toBeHidden();
  }
}

async function centreOf(locator: Locator): Promise<{ x: number; y: number }> {
  await expect(locator).toBeVisible();
  const box = await locator.boundingBox();
  if (!box) throw new Error('expected it to have a place');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
