import { act, render } from '@testing-library/react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { LiveRegion } from '../../../ui/feedback/live-region.tsx';
import { createPresenceStore } from './presence-store.ts';
import { tellComings } from './tell-comings.ts';

const grace = { window: 'g', name: 'Grace', steps: [] };
const ada = { window: 'a', name: 'Ada', steps: [] };

it('says who comes and who has left, and nothing of those who were there before', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { container } = render(<LiveRegion />);
  const presence = createPresenceStore();
  const stop = tellComings(presence, 'Me');
  const heardAfter = async (others: (typeof ada)[]): Promise<string> => {
    await act(async () => {
      presence.takeOver(others);
      await vi.advanceTimersByTimeAsync(4000);
    });
    return container.querySelector('[data-live-region]')?.textContent ?? '';
  };
  expect(await heardAfter([grace])).toBe('');
  expect(await heardAfter([grace, ada, { ...ada, window: 'm', name: 'Me' }])).toBe('Ada has opened this draft');
  expect(await heardAfter([ada])).toBe('Grace has left this draft');
  stop();
});
