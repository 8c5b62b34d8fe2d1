import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { longPipeline } from '../../../canvas/testing/sample-pipeline.ts';
import type { SaveView } from '../saving/save-view.ts';
import { findProblems, type FoundProblems, ProblemChecker } from './check-problems.ts';
import { createDerivedStore } from './derived-store.ts';
import { createEditorStore } from './create-editor-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const around = { server: [], drawn: new Map() };

describe('the checker of problems', () => {
  it('waits until nothing has been asked for a while, and finds piece by piece what is found at once', () => {
    const draft = { content: longPipeline(40), components: {} };
    // Every second look at the clock ends a piece.
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 5));
    const told: FoundProblems[] = [];
    const checker = new ProblemChecker(
      () => ({ ...draft, ...around }),
      (found) => void told.push(found),
    );
    checker.checkSoon();
    vi.advanceTimersByTime(200);
    checker.checkSoon();
    vi.advanceTimersByTime(200);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(told).toEqual([]);
    vi.runAllTimers();
    const whole = findProblems(draft, around);
    expect(whole.problems.length).toBeGreaterThan(0);
    expect(told).toEqual([whole]);
  });

  it('leaves a look that is going on when something is asked anew', () => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 5));
    let content = longPipeline(40);
    const told: FoundProblems[] = [];
    const checker = new ProblemChecker(
      () => ({ content, components: {}, ...around }),
      (found) => void told.push(found),
    );
    checker.checkSoon();
    vi.advanceTimersByTime(251);
    content = longPipeline(2);
    checker.checkSoon();
    vi.runAllTimers();
    expect(told).toEqual([findProblems({ content, components: {} }, around)]);
  });
});

it('wakes nobody when what is wrong is what was wrong', () => {
  const missing: Problem = { severity: 'error', code: 'missing-file', message: 'There is no file a.csv.', step: 's1' };
  const saved = createStore<SaveView>()(() => ({ status: 'saved', revision: 1, problems: [missing], review: null, isKept: true, others: [] }));
  const editor = createEditorStore({ draftId: 'draft', content: longPipeline(3), components: {} });
  const derived = createDerivedStore(editor, saved);
  onTestFinished(() => derived[Symbol.dispose]());
  const listener = vi.fn();
  derived.store.subscribe(listener);
  saved.setState({ revision: 2, problems: [{ ...missing }] });
  vi.runAllTimers();
  expect(listener).not.toHaveBeenCalled();
  saved.setState({ problems: [] });
  vi.runAllTimers();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(derived.store.getState().problems).not.toContainEqual(missing);
});
