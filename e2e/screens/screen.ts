import type { Page } from '@playwright/test';
import { Designer } from '../pages/designer.ts';
import type { Workspace } from './workspace.ts';

export interface Screen {
  readonly name: string;
  readonly open: (page: Page, workspace: Workspace) => Promise<void>;
}

type PathOf = (workspace: Workspace) => string;

export const page = (name: string, pathOf: PathOf, act: (at: Page) => Promise<unknown> = async () => {}): Screen => ({
  name,
  open: async (at, workspace) => {
    await at.goto(`${workspace.url}${pathOf(workspace)}`);
    await act(at);
  },
});

/** The designer on a draft, and then something done there. */
export const designer = (name: string, draftOf: PathOf, act: (designer: Designer, workspace: Workspace) => Promise<unknown> = async () => {}): Screen => ({
  name,
  open: async (at, workspace) => {
    const on = new Designer(at);
    await on.open(`${workspace.url}/drafts/${draftOf(workspace)}`);
    await act(on, workspace);
  },
});

export const press =
  (...keys: readonly string[]) =>
  async ({ canvas, page: at }: Designer): Promise<void> => {
    await canvas.focus();
    for (const key of keys) await at.keyboard.press(key);
  };

/** By its name in the palette. */
export async function command(at: Page, words: string): Promise<void> {
  await at.getByRole('banner').waitFor();
  await at.keyboard.press('Control+k');
  await at.getByRole('dialog', { name: 'Search and commands' }).getByRole('combobox').fill(words);
  await at.keyboard.press('Enter');
}

/** One of the views of something, by its word. */
export async function choose(at: Page, view: string): Promise<void> {
  await at.getByRole('radiogroup').getByText(view).first().click();
}
