import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createKeptStore } from './kept-store.ts';

type Texts = Readonly<Record<string, string>>;
const open = () => createKeptStore<Texts>({ key: 'texts', of: 'browser', schema: z.record(z.string(), z.string()), empty: {} });
const set = (store: ReturnType<typeof open>, name: string, text: string): void => store.change(name, (texts) => ({ ...texts, [name]: text }));

const stored = (): unknown => JSON.parse(localStorage.getItem('texts') ?? 'null');
const leavePage = (): boolean => dispatchEvent(new Event('pagehide'));
/** What another window does. */
const writeElsewhere = (texts: Texts): void => localStorage.setItem('texts', JSON.stringify(texts));
const hearElsewhere = (): boolean => dispatchEvent(new StorageEvent('storage', { key: 'texts', storageArea: localStorage }));

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it('writes once when somebody rests, and at once when the page goes', () => {
  const writing = vi.spyOn(Storage.prototype, 'setItem');
  onTestFinished(() => writing.mockRestore());
  const store = open();
  for (const text of ['p', 'pr', 'print']) {
    set(store, 'a', text);
    vi.advanceTimersByTime(200);
  }
  expect(stored()).toBeNull();
  vi.advanceTimersByTime(100);
  expect(stored()).toEqual({ a: 'print' });
  set(store, 'a', 'print(1)');
  leavePage();
  vi.advanceTimersByTime(1000);
  expect(stored()).toEqual({ a: 'print(1)' });
  expect(writing).toHaveBeenCalledTimes(2);
});

it('puts what was changed here on top of what other windows have written meanwhile', () => {
  writeElsewhere({ a: '1', gone: '1', both: '1' });
  const store = open();
  set(store, 'a', '2');
  set(store, 'both', 'here');
  writeElsewhere({ a: '1', b: 'theirs', both: 'theirs' });
  leavePage();
  expect(stored()).toEqual({ a: '2', b: 'theirs', both: 'here' });
  expect(store.getState().value).toEqual(stored());
});

it('hears what other windows write, and keeps what it has not written itself', () => {
  const store = open();
  set(store, 'a', 'mine');
  writeElsewhere({ a: 'old', b: 'theirs' });
  hearElsewhere();
  expect(store.getState().value).toEqual({ a: 'mine', b: 'theirs' });
});

it('says whether it is kept; what was not taken is written with the next change', () => {
  const store = open();
  expect(store.getState().isKept).toBe(true);
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('It is full.', 'QuotaExceededError');
  });
  onTestFinished(() => full.mockRestore());
  set(store, 'a', '1');
  leavePage();
  expect(store.getState()).toEqual({ value: { a: '1' }, isKept: false });
  full.mockRestore();
  set(store, 'b', '2');
  leavePage();
  expect(store.getState().isKept).toBe(true);
  expect(stored()).toEqual({ a: '1', b: '2' });
});

it('lasts as long as the page where browsers keep nothing', () => {
  const forbidden = vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('It is forbidden.', 'SecurityError');
  });
  onTestFinished(() => forbidden.mockRestore());
  const store = open();
  set(store, 'a', '1');
  leavePage();
  expect(store.getState()).toEqual({ value: { a: '1' }, isKept: false });
});
