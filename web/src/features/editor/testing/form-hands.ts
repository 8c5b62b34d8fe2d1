import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

/** Takes one of what a field offers. */
export async function choose(field: string, option: string | RegExp): Promise<void> {
  await userEvent.click(screen.getByRole('combobox', { name: field }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

/** Types over what is in a field. */
export async function retype(field: string, text: string): Promise<void> {
  const input = screen.getByLabelText(field, { selector: 'input' });
  await userEvent.clear(input);
  await userEvent.type(input, text);
}
