import { describe, expect, it, vi } from 'vitest';
import type { Command } from './command.ts';
import { matchKeys, readKeys } from './match-keys.ts';
import { giveKeys, rivalsFor, withOwnKeys } from './own-keys.ts';

const command = (id: string, over: Partial<Command> = {}): Command => ({ id, title: id, group: 'Test', run: vi.fn(), ...over });
const pressed = (key: string, modifiers: Partial<KeyboardEventInit> = {}) => new KeyboardEvent('keydown', { key, ...modifiers });

describe('keys of one’s own', () => {
  const duplicate = command('duplicate', { keys: 'Ctrl+D', otherKeys: ['Ctrl+U'] });

  it('take the place of all that a command came with', () => {
    const changed = withOwnKeys(duplicate, { duplicate: 'Alt+Q' });
    expect(changed).toMatchObject({ id: 'duplicate', keys: 'Alt+Q', run: duplicate.run });
    expect(changed).not.toHaveProperty('otherKeys');
    // Who lists commands is woken by other objects only.
    expect(withOwnKeys(duplicate, { duplicate: 'Alt+Q' })).toBe(changed);
    expect(withOwnKeys(duplicate, {})).toBe(duplicate);
    expect(withOwnKeys(duplicate, { duplicate: '' })).not.toHaveProperty('keys');
  });

  it('are not given to what the browser or a setting decides about', () => {
    const copy = command('copy', { keys: 'Ctrl+C', areKeysFixed: true });
    expect(withOwnKeys(copy, { copy: 'Alt+C' })).toBe(copy);
  });

  it('are taken from who had them, and forgotten when they are the usual ones', () => {
    const delete_ = command('delete', { keys: 'Alt+Q' });
    const own = giveKeys({}, { command: duplicate, keys: 'Alt+Q', takenFrom: [delete_] });
    expect(own).toEqual({ duplicate: 'Alt+Q', delete: '' });
    expect(giveKeys(own, { command: duplicate, keys: 'Ctrl+D', takenFrom: [] })).toEqual({ delete: '' });
  });

  it('clash with the same keys, with others of a command, and with the first of two', () => {
    const all = [duplicate, command('home', { keys: 'G H' }), command('runs', { keys: 'G R' }), command('none')];
    const ids = (keys: string): string[] => rivalsFor({ command: command('other'), keys }, all, {}).map(({ id }) => id);
    expect(ids('ctrl+d')).toEqual(['duplicate']);
    expect(ids('Ctrl+U')).toEqual(['duplicate']);
    expect(ids('G')).toEqual(['home', 'runs']);
    expect(ids('G H')).toEqual(['home']);
    expect(ids('H')).toEqual([]);
    expect(ids('')).toEqual([]);
  });

  it('are taken from who was given them when a command gets its usual ones back, not from who shares them on purpose', () => {
    const unfold = command('unfold', { keys: 'E' });
    const all = [unfold, command('collapse', { keys: 'E' }), duplicate];
    const own = { unfold: 'U', duplicate: 'E' };
    expect(rivalsFor({ command: unfold, keys: 'E' }, all, own).map(({ id }) => id)).toEqual(['duplicate']);
    expect(giveKeys(own, { command: unfold, keys: 'E', takenFrom: [duplicate] })).toEqual({ duplicate: '' });
    // What it never came with is taken from all who have it.
    expect(rivalsFor({ command: duplicate, keys: 'E' }, all, {}).map(({ id }) => id)).toEqual(['unfold', 'collapse']);
  });
});

describe('readKeys', () => {
  it.each([
    [pressed('q', { altKey: true }), 'Alt+Q'],
    [pressed('Z', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+Z'],
    [pressed('?', { shiftKey: true }), '?'],
    [pressed(' '), 'Space'],
    [pressed('F6', { shiftKey: true }), 'Shift+F6'],
    [pressed('+', { ctrlKey: true }), 'Ctrl++'],
  ])('writes a press so that it is found again: %s', (event, keys) => {
    expect(readKeys(event)).toBe(keys);
    expect(matchKeys(keys, event)).toBe(true);
  });

  it('waits while only modifiers are held', () => {
    expect(readKeys(pressed('Control', { ctrlKey: true }))).toBeNull();
  });
});
