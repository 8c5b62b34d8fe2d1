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
    await this.moveHeld(start, end);
    await this.page.mouse.up();
  }

  /** A place on the paper, as parts of its width and height. */
  async paperAt({ x, y }: Place): Promise<Place> {
    const box = await this.canvas.boundingBox();
    if (!box) throw new Error('expected a canvas');
    return { x: box.x + box.width * x, y: box.y + box.height * y };
  }

  async clickPaper(part: Place): Promise<void> {
    const { x, y } = await this.paperAt(part);
    await this.page.mouse.click(x, y);
  }

  async doubleClickPaper(part: Place): Promise<void> {
    const { x, y } = await this.paperAt(part);
    await this.page.mouse.dblclick(x, y);
  }

  /** Takes a wire from a port and lets it go over the paper. */
  async pullToPaper(from: string, part: Place): Promise<void> {
    const [start, end] = [await centreOf(this.port(from)), await this.paperAt(part)];
    await this.moveHeld(start, end);
    await this.page.mouse.up();
  }

  async dragBy(what: Locator, { x, y }: Place): Promise<void> {
    const start = await centreOf(what);
    await this.moveHeld(start, { x: start.x + x, y: start.y + y });
    await this.page.mouse.up();
  }

  /** Presses at one place and moves to another, without letting go. */
  async moveHeld(start: Place, end: Place): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
    await mouse.move(end.x, end.y, { steps: 5 });
  }

  /** Takes a wire from a port and holds it over another. */
  async holdOver(from: string, to: string): Promise<void> {
    await this.moveHeld(await centreOf(this.port(from)), await centreOf(this.port(to)));
  }

  /** Where steps stand on the paper, as React Flow draws them. */
  async placesOf(keys: readonly string[]): Promise<Record<string, Place>> {
    const found = keys.map(async (key): Promise<[string, Place]> => {
      const transform = (await this.node(key).getAttribute('style')) ?? '';
      const [, x, y] = /translate\((-?[\d.]+)px, ?(-?[\d.]+)px\)/.exec(transform) ?? [];
      return [key, { x: Number(x), y: Number(y) }];
    });
    return Object.fromEntries(await Promise.all(found));
  }

  /** Where the window is over the paper, and how near. */
  async view(): Promise<Place & { readonly zoom: number }> {
    return await this.canvas.locator('.react-flow__viewport').evaluate((viewport) => {
      const { a, e, f } = new DOMMatrix(getComputedStyle(viewport).transform);
      return { x: e, y: f, zoom: a };
    });
  }

  private node(key: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${key}"]`);
  }

  /** Takes a step by its head to a place on the paper, and holds it there. */
  async holdAndMoveTo(step: string, to: { readonly x: number; readonly y: number }): Promise<void> {
    const box = await this.step(step).boundingBox();
    const { [step]: place } = await this.placesOf([step]);
    if (!box || !place) throw new Error('expected it to have a place');
    const zoom = box.width / 240;
    const from = { x: box.x + 60 * zoom, y: box.y + 14 * zoom };
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    const at = { x: from.x + (to.x - place.x) * zoom, y: from.y + (to.y - place.y) * zoom };
    await mouse.move(at.x, at.y, { steps: 12 });
    // The paper may have moved under it at the start.
    const { [step]: now = place } = await this.placesOf([step]);
    await mouse.move(at.x + (to.x - now.x) * zoom, at.y + (to.y - now.y) * zoom, { steps: 3 });
  }

  /** Opens the run dialog, looks at the plan and starts. */
  async run(): Promise<void> {
    await this.runButton.click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Run \d[\d–]* steps?|^Reuse/ }).click();
    await expect(dialog).toBeHidden();
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
}

export async function centreOf(locator: Locator): Promise<{ x: number; y: number }> {
  await expect(locator).toBeVisible();
  const box = await locator.boundingBox();
  if (!box) throw new Error('expected it to have a place');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
