import { QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueryClient } from '../api/query-client.ts';
import { useGrowingQuery } from './use-growing-query.ts';

interface Props {
  readonly step?: string;
  readonly isOver: boolean;
  readonly enabled?: boolean;
}

describe('what grows while a step runs', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** The steps that are asked about, one after the other. */
  function ask(initialProps: Props) {
    const asked: string[] = [];
    const client = createQueryClient();
    const wrapper = ({ children }: { readonly children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
    const hook = ({ step = 'train', isOver, enabled = true }: Props) =>
      useGrowingQuery({ queryKey: ['metrics', step], queryFn: () => Promise.resolve(asked.push(step)), enabled }, { isOver, askEveryMs: 1000 });
    const { rerender } = renderHook(hook, { wrapper, initialProps });
    const settle = async (props?: Props) => {
      if (props) rerender(props);
      await vi.advanceTimersByTimeAsync(0);
      return asked.splice(0);
    };
    return { settle, wait: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
  }

  it('is asked for at its pace, once more when it is over, and then no more', async () => {
    const { settle, wait } = ask({ isOver: false });
    await wait(2500);
    expect(await settle()).toEqual(['train', 'train', 'train']);
    expect(await settle({ isOver: true })).toEqual(['train']);
    await wait(5000);
    expect(await settle({ isOver: true })).toEqual([]);
  });

  it('is asked for once where it is over when it is first shown', async () => {
    const { settle } = ask({ isOver: true });
    expect(await settle()).toEqual(['train']);
  });

  it('is asked for once where it is over when it is first known', async () => {
    const { settle } = ask({ isOver: false, enabled: false });
    expect(await settle()).toEqual([]);
    expect(await settle({ isOver: true })).toEqual(['train']);
  });

  it('is asked for once where another that is over is shown in place of one that runs', async () => {
    const { settle } = ask({ isOver: false });
    await settle();
    expect(await settle({ step: 'score', isOver: true })).toEqual(['score']);
  });

  it('is asked for anew where the first answer is still under way when it is over', async () => {
    const answers: ((text: string) => void)[] = [];
    const client = createQueryClient();
    const wrapper = ({ children }: { readonly children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
    const hook = ({ isOver }: { readonly isOver: boolean }) =>
      useGrowingQuery(
        { queryKey: ['metrics', 'train'], queryFn: () => new Promise<string>((resolve) => void answers.push(resolve)) },
        { isOver, askEveryMs: 1000 },
      );
    const { rerender } = renderHook(hook, { wrapper, initialProps: { isOver: false } });
    rerender({ isOver: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(answers).toHaveLength(2);
    answers[0]?.('as it was');
    answers[1]?.('all of it');
    await vi.advanceTimersByTimeAsync(0);
    expect(client.getQueryData(['metrics', 'train'])).toBe('all of it');
  });
});
