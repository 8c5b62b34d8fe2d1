import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';
import { runStoreOf, seedRun } from '../realtime/run-store.ts';
import { aRun, completedStep, runningStep } from '../testing/run-builders.ts';
import { WhyTab } from './why-tab.tsx';

it('of a loop lists what each of its items was decided by', () => {
  const run = aRun([runningStep('tune')]);
  const tune = { ...runningStep('tune'), reasons: [] };
  seedRun(runStoreOf(run.id), { ...run, steps: [tune, completedStep('tune/1'), completedStep('tune/2')] });
  const [resolved] = Object.values(run.snapshot.steps);
  if (!resolved) throw new Error('expected a step');
  const control = { ...resolved.control, repeat: { while: true, feed: {}, max: 2 } } as NonNullable<typeof resolved.control>;
  render(
    <MemoryRouter>
      <WhyTab run={run} step={{ ...resolved, control }} stepRun={tune} />
    </MemoryRouter>,
  );
  screen.getByText('Each round is decided by itself.');
  const rows = screen.getAllByRole('link');
  expect(rows.map((row) => row.textContent)).toEqual([expect.stringContaining('Round 1'), expect.stringContaining('Round 2')]);
  expect(rows[0]?.textContent).toContain('never ran before');
  expect(rows[0]?.getAttribute('href')).toMatch(/tune%2F1\/why$/);
});
