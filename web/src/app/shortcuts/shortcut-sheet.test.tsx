import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useCommandRegistry } from '../../ui/commands/command-registry.ts';
import { useCommandKeys } from '../../ui/commands/use-command-keys.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';

const ran = vi.fn<(id: string) => void>();
const close = vi.fn<() => void>();

function Page() {
  useCommandKeys();
  useCommands('page', [
    { id: 'duplicate', title: 'Duplicate', group: 'Canvas', keys: 'Ctrl+D', run: () => ran('duplicate') },
    { id: 'tidy', title: 'Tidy', group: 'Canvas', keys: 'Alt+Q', run: () => ran('tidy') },
    { id: 'copy', title: 'Copy', group: 'Canvas', keys: 'Ctrl+C', areKeysFixed: true, run: () => ran('copy') },
    { id: 'stale', title: 'Select what is out of date', group: 'Canvas', run: () => ran('stale') },
  ]);
  return (
    <MantineProvider>
      <ShortcutSheet isOpen onClose={close} />
    </MantineProvider>
  );
}

const keysOf = (title: string): HTMLElement => screen.getByRole('button', { name: new RegExp(`^${title}: `) });
const catcher = (): HTMLElement => screen.getByRole('application');
const press = (key: string, modifiers: Partial<KeyboardEventInit> = {}): boolean => fireEvent.keyDown(window.document.body, { key, ...modifiers });

beforeEach(async () => {
  render(<Page />);
  await screen.findByRole('button', { name: 'Duplicate: Ctrl+D, change' });
});
afterEach(() => {
  ran.mockClear();
  close.mockClear();
  usePreferences.getState().setShortcuts({});
  useCommandRegistry.setState({ byOwner: new Map() });
});

it('gives a command other keys, which then run it', () => {
  fireEvent.click(keysOf('Duplicate'));
  fireEvent.keyDown(catcher(), { key: 'u', altKey: true });
  fireEvent.keyDown(catcher(), { key: 'Enter' });
  expect(keysOf('Duplicate').getAttribute('aria-label')).toBe('Duplicate: Alt+U, change');
  expect(document.activeElement).toBe(keysOf('Duplicate'));
  press('d', { ctrlKey: true });
  expect(ran).not.toHaveBeenCalled();
  press('u', { altKey: true });
  expect(ran.mock.calls).toEqual([['duplicate']]);

  fireEvent.click(screen.getByRole('button', { name: 'Back to the usual keys of Duplicate' }));
  press('d', { ctrlKey: true });
  expect(ran).toHaveBeenCalledTimes(2);
});

it('says whose keys they are, and takes them only then', () => {
  fireEvent.click(keysOf('Duplicate'));
  fireEvent.keyDown(catcher(), { key: 'q', altKey: true });
  // Nothing is run while keys are caught.
  expect(ran).not.toHaveBeenCalled();
  expect(screen.getByRole('status').textContent).toBe('Now the keys of “Tidy”, which would have none.');
  fireEvent.click(screen.getByRole('button', { name: 'Take them' }));
  expect(keysOf('Tidy').getAttribute('aria-label')).toBe('Tidy: none, change');
  press('q', { altKey: true });
  expect(ran.mock.calls).toEqual([['duplicate']]);
});

it('takes nobody’s keys to have none, and gives the usual ones back without a second owner', () => {
  fireEvent.click(keysOf('Duplicate'));
  fireEvent.keyDown(catcher(), { key: 'q', altKey: true });
  fireEvent.click(screen.getByRole('button', { name: 'No keys' }));
  expect(keysOf('Tidy').getAttribute('aria-label')).toBe('Tidy: Alt+Q, change');
  fireEvent.click(keysOf('Tidy'));
  fireEvent.keyDown(catcher(), { key: 'd', ctrlKey: true });
  fireEvent.keyDown(catcher(), { key: 'Enter' });
  fireEvent.click(screen.getByRole('button', { name: 'Back to the usual keys of Duplicate' }));
  expect([keysOf('Duplicate'), keysOf('Tidy')].map((button) => button.getAttribute('aria-label'))).toEqual(['Duplicate: Ctrl+D, change', 'Tidy: none, change']);
});

it('does not take the keys of what cannot be changed, and Esc leaves all as it was', () => {
  expect(screen.queryByRole('button', { name: /^Copy: / })).toBeNull();
  fireEvent.click(keysOf('Duplicate'));
  fireEvent.keyDown(catcher(), { key: 'c', ctrlKey: true });
  expect(screen.getByRole('status').textContent).toBe('These are the keys of “Copy”, which cannot be changed.');
  expect(screen.getByRole('button', { name: 'Use them' }).hasAttribute('disabled')).toBe(true);
  fireEvent.keyDown(catcher(), { key: 'Enter' });
  fireEvent.keyDown(catcher(), { key: 'Escape' });
  expect(close).not.toHaveBeenCalled();
  expect(keysOf('Duplicate').getAttribute('aria-label')).toBe('Duplicate: Ctrl+D, change');
});

it('finds commands that have no keys, and takes two keys one after the other', () => {
  expect(screen.queryByText('Select what is out of date')).toBeNull();
  fireEvent.change(screen.getByRole('textbox', { name: 'Search shortcuts' }), { target: { value: 'out of date' } });
  fireEvent.click(keysOf('Select what is out of date'));
  fireEvent.keyDown(catcher(), { key: 's' });
  fireEvent.keyDown(catcher(), { key: 'o' });
  expect(catcher().textContent).toBe('S O');
  fireEvent.keyDown(catcher(), { key: 'Enter' });
  press('s');
  press('o');
  expect(ran.mock.calls).toEqual([['stale']]);
});
