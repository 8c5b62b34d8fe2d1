import { expect, type Page } from '@playwright/test';
import type { Designer } from '../pages/designer.ts';
import { command, designer, type Screen } from './screen.ts';

const code = ({ codeDraft }: { readonly codeDraft: string }): string => codeDraft;

async function openCode(on: Designer): Promise<void> {
  await on.step('count').click();
  const inspector = on.page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('button', { name: /^Code / }).click();
}

/** The window with a file of it, changed. */
async function changeFile(on: Designer): Promise<void> {
  await openCode(on);
  const files = on.page.getByRole('list', { name: 'Files of the code' });
  await files.getByRole('button', { name: /^count\.py/ }).click();
  await on.page.getByRole('dialog').getByRole('textbox', { name: 'count.py' }).focus();
  await on.page.keyboard.press('Control+End');
  await on.page.keyboard.type('print("done")');
  await expect(on.page.getByRole('dialog').getByText(/^1 file changed/)).toBeVisible();
}

async function openInterface(on: Designer): Promise<void> {
  await on.step('count').click();
  await command(on.page, 'inputs, outputs and command');
}

async function newStep(at: Page): Promise<void> {
  await command(at, 'new python step');
  const dialog = at.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Greet everybody');
}

/** The code of steps, and how new ones are written. */
export const codeScreens: readonly Screen[] = [
  designer('code-section', code, openCode),
  designer('code-file', code, changeFile),
  designer('code-review', code, async (on) => {
    await changeFile(on);
    await on.page.getByRole('button', { name: 'Review and save…' }).click();
  }),
  designer('code-interface', code, openInterface),
  designer('code-interface-wrong', code, async (on) => {
    await openInterface(on);
    await on.page.getByRole('dialog').getByRole('region', { name: 'Inputs' }).getByRole('textbox', { name: 'Name of input 1' }).fill('terms');
  }),
  designer('new-step', code, async (on) => await newStep(on.page)),
  designer('new-step-wrong', code, async (on) => {
    await newStep(on.page);
    await on.page.getByRole('dialog').getByRole('region', { name: 'Inputs' }).getByRole('textbox', { name: 'Name of input 1' }).fill('2 whom');
  }),
];
