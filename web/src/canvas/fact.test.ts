import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { changesOf, factOf, sharedChanges } from './fact.ts';

describe('changesOf', () => {
  it('wakes who listens when one of the members is another, and for nothing else', () => {
    const store = createStore(() => ({ places: 0, names: 0, marks: 0 }));
    const changes = changesOf(store, ['names', 'marks']);
    const [first, second] = [vi.fn(), vi.fn()];
    changes.subscribe(first);
    const stop = changes.subscribe(second);
    store.setState({ places: 1 });
    expect(first).not.toHaveBeenCalled();
    store.setState({ names: 1 });
    stop();
    store.setState({ marks: 1 });
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([2, 1]);
  });

  it('says nothing of what changed while nobody listened', () => {
    const store = createStore(() => ({ names: 0 }));
    const changes = changesOf(store, ['names']);
    changes.subscribe(() => {})();
    store.setState({ names: 1 });
    const listener = vi.fn();
    changes.subscribe(listener);
    store.setState({ names: 1 });
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('sharedChanges', () => {
  it('holds one subscription for as long as somebody listens', () => {
    const stop = vi.fn();
    const subscribe = vi.fn<(listener: () => void) => () => void>(() => stop);
    const changes = sharedChanges(subscribe);
    const listener = vi.fn();
    // The same function may listen twice, and stops each for itself.
    const stops = [changes.subscribe(listener), changes.subscribe(listener)];
    subscribe.mock.calls[0]?.[0]();
    expect(listener).toHaveBeenCalledTimes(2);
    stops[0]?.();
    expect(stop).not.toHaveBeenCalled();
    stops[1]?.();
    expect([subscribe, stop].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });
});

describe('factOf', () => {
  it('gives the same value until what it is made from is another', () => {
    const store = createStore(() => ({ name: 'a', place: 0 }));
    const fact = factOf({ from: [store], read: () => [store.getState().name] as const, make: ([name]) => ({ name }) });
    const value = fact.get();
    store.setState({ place: 1 });
    expect(fact.get()).toBe(value);
    store.setState({ name: 'b' });
    expect(fact.get()).toEqual({ name: 'b' });
  });
});
