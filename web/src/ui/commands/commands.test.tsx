import { act, fireEvent, render, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Command } from './command.ts';
import { runCommand, selectCommands, useCommandRegistry } from './command-registry.ts';
import { fuzzyScore } from './fuzzy-score.ts';
import { matchKeys } from './match-keys.ts';
import { useCommandKeys } from './use-command-keys.ts';
import { useCommands } from './use-commands.ts';

const press = (key: string, modifiers: Partial<KeyboardEventInit> = {}, target: Element | Window = window): boolean =>
  fireEvent.keyDown(target, { key, ...modifiers });
const keyEvent = (key: string, modifiers: Partial<KeyboardEventInit> = {}) => new KeyboardEvent('keydown', { key, ...modifiers });
const command = (over: Partial<Command> & Pick<Command, 'id' | 'run'>): Command => ({ title: over.id, group: 'Test', ...over });

afterEach(() => useCommandRegistry.setState({ byOwner: new Map() }));

describe('matchKeys', () => {
  it('asks for exactly the modifiers that are named', () => {
    expect(matchKeys('Ctrl+Z', keyEvent('z', { ctrlKey: true }))).toBe(true);
    expect(matchKeys('Ctrl+Z', keyEvent('z', { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matchKeys('Ctrl+Shift+Z', keyEvent('Z', { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matchKeys('F6', keyEvent('F6', { shiftKey: true }))).toBe(false);
  });

  it('takes signs however they are typed', () => {
    expect(matchKeys('?', keyEvent('?', { shiftKey: true }))).toBe(true);
    expect(matchKeys('[', keyEvent('['))).toBe(true);
    expect(matchKeys('Ctrl++', keyEvent('+', { ctrlKey: true }))).toBe(true);
  });
});

describe('useCommands', () => {
  it('lists commands while their part is on the page, and runs what they mean now', () => {
    const first = vi.fn();
    const second = vi.fn();
    const { rerender, unmount } = renderHook(({ run }) => useCommands('part', [command({ id: 'part.do', run })]), { initialProps: { run: first } });
    const listed = useCommandRegistry.getState().byOwner;
    rerender({ run: second });
    // Nothing that is shown has changed, so nobody who lists commands is woken.
    expect(useCommandRegistry.getState().byOwner).toBe(listed);
    runCommand('part.do');
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledTimes(1);
    unmount();
    expect(selectCommands(useCommandRegistry.getState())).toEqual([]);
  });

  it('leaves out what is not enabled', () => {
    renderHook(() => useCommands('part', [command({ id: 'off', isEnabled: false, run: vi.fn() })]));
    expect(selectCommands(useCommandRegistry.getState())).toEqual([]);
  });
});

describe('useCommandKeys', () => {
  function Page({ commands }: { readonly commands: readonly Command[] }) {
    useCommandKeys();
    useCommands('page', commands);
    return <input aria-label="field" />;
  }

  it('keeps out of text fields, except for keys that work there', () => {
    const filter = vi.fn();
    const palette = vi.fn();
    const { getByLabelText } = render(
      <Page commands={[command({ id: 'filter', keys: '/', run: filter }), command({ id: 'palette', keys: 'Ctrl+K', worksInText: true, run: palette })]} />,
    );
    press('/', {}, getByLabelText('field'));
    press('k', { ctrlKey: true }, getByLabelText('field'));
    expect(filter).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledTimes(1);
    press('/');
    expect(filter).toHaveBeenCalledTimes(1);
  });

  it('runs two keys pressed one after the other, and only in that order', () => {
    const home = vi.fn();
    render(<Page commands={[command({ id: 'home', keys: 'G H', run: home })]} />);
    press('h');
    expect(home).not.toHaveBeenCalled();
    press('g');
    press('h');
    expect(home).toHaveBeenCalledTimes(1);
    press('g');
    press('x');
    press('h');
    expect(home).toHaveBeenCalledTimes(1);
  });

  it('lets the page go before the shell, and a disabled command not at all', () => {
    const shell = vi.fn();
    const page = vi.fn();
    renderHook(() => useCommands('shell', [command({ id: 'shell', keys: '[', run: shell })]));
    const { rerender } = render(<Page commands={[command({ id: 'page', keys: '[', run: page })]} />);
    press('[');
    expect([page.mock.calls.length, shell.mock.calls.length]).toEqual([1, 0]);
    act(() => rerender(<Page commands={[command({ id: 'page', keys: '[', isEnabled: false, run: page })]} />));
    press('[');
    expect([page.mock.calls.length, shell.mock.calls.length]).toEqual([1, 1]);
  });
});

describe('fuzzyScore', () => {
  const best = (query: string, texts: readonly string[]): string | undefined => texts.toSorted((a, b) => fuzzyScore(query, b) - fuzzyScore(query, a))[0];

  it('prefers the start of the text, then of a word, then the middle', () => {
    expect(best('data', ['Metadata', 'Split data', 'Data in'])).toBe('Data in');
    expect(best('data', ['Metadata', 'Split data'])).toBe('Split data');
  });

  it('finds letters in order, and nothing where a word is missing', () => {
    expect(fuzzyScore('clnmis', 'Clean missing data')).toBeGreaterThan(0);
    expect(fuzzyScore('split table', 'Split data')).toBe(0);
    expect(fuzzyScore('', 'anything')).toBeGreaterThan(0);
  });
});
