import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { aRun, anEvent, completedStep, runningStep, waitingStep } from '../testing/run-builders.ts';
import { applyRunEvents, dropRunStore, runStoreOf, seedRun, useStepRun } from './run-store.ts';

describe('run store', () => {
  it('applies a batch with one set, and the newest fact wins', () => {
    const store = runStoreOf('batch');
    const listener = vi.fn();
    store.subscribe(listener);
    applyRunEvents(store, [anEvent(1, [runningStep('train')]), anEvent(2, [completedStep('train'), runningStep('score')])]);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.getState().steps['train']?.status).toBe('completed');
    expect(store.getState().steps['score']?.status).toBe('running');
    expect(store.getState().summary?.lastSeq).toBe(2);
  });

  it('wakes only the step that changed', () => {
    const store = runStoreOf('7');
    seedRun(store, aRun([runningStep('train'), waitingStep('score')]));
    const renders = vi.fn();
    renderHook(() => {
      renders();
      return useStepRun('7', 'score');
    });
    act(() => applyRunEvents(store, [anEvent(2, [completedStep('train')])]));
    expect(renders).toHaveBeenCalledTimes(1);
    act(() => applyRunEvents(store, [anEvent(3, [runningStep('score')])]));
    expect(renders).toHaveBeenCalledTimes(2);
    dropRunStore('7');
  });

  it('does not go back to an older fetch', () => {
    const store = runStoreOf('stale');
    applyRunEvents(store, [anEvent(9, [completedStep('train')])]);
    seedRun(store, aRun([runningStep('train')], { lastSeq: 4 }));
    expect(store.getState().steps['train']?.status).toBe('completed');
  });

  it('answers nothing where there is no run', () => {
    const { result } = renderHook(() => useStepRun(null, 'train'));
    expect(result.current).toBeUndefined();
  });
});
