import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';
import { aRun, runningStep } from '../testing/run-builders.ts';
import { ParametersTab } from './parameters-tab.tsx';

it('tells a note of the step once, though it stands among what is said of it as it ran', () => {
  const run = aRun([runningStep('train')]);
  const [step] = Object.values(run.snapshot.steps);
  if (!step) throw new Error('expected a step');
  const stepRun = { ...runningStep('train'), notes: ['the image is base', 'a package was left out'] };
  render(
    <MantineProvider env="test">
      <MemoryRouter>
        <ParametersTab run={run} step={{ ...step, notes: ['the image is base'] }} stepRun={stepRun} />
      </MemoryRouter>
    </MantineProvider>,
  );
  expect(screen.getAllByText('the image is base')).toHaveLength(1);
  expect(screen.getAllByText('a package was left out')).toHaveLength(1);
});
