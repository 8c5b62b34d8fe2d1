import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Editor } from '../store/editor-context.tsx';
import { choose, retype } from '../testing/form-hands.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { Inspector } from './inspector.tsx';

const document = Pipeline.parse({
  type: 'pipeline',
  jobs: {
    tune: {
      type: 'sweep',
      trial: 'azureml:fit:1',
      search_space: { rate: { type: 'uniform', min_value: 0, max_value: 1 } },
      sampling_algorithm: { type: 'random', seed: 7 },
      objective: { primary_metric: 'score', goal: 'maximize' },
      limits: { max_total_trials: 4, timeout: 60 },
    },
  },
});
const fit = {
  type: 'command' as const,
  name: 'fit',
  version: '1',
  command: 'python fit.py ${{inputs.rate}} ${{inputs.depth}}',
  inputs: { rate: { type: 'number' as const }, depth: { type: 'integer' as const, default: 3 } },
  outputs: { model: { type: 'uri_folder' as const } },
};

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor({ document, layout: Layout.parse({}) }, { 'azureml:fit:1': fit });
  editor.store.getState().select({ steps: ['tune'] });
  renderInEditor(editor, <Inspector />);
});
afterEach(() => editor.saver[Symbol.dispose]());

const tune = (): Record<string, unknown> => ({ ...editor.store.getState().content.document.jobs['tune'] });
const labels = (): string[] => editor.store.getState().undoEntries.map(({ label }) => label);

describe('the form of a sweep', () => {
  it('writes the objective, each visit of a field as one entry of the history', async () => {
    await retype('Metric', 'r2');
    await choose('Goal', /^less$/);
    expect(tune()['objective']).toEqual({ primary_metric: 'r2', goal: 'minimize' });
    expect(labels()).toEqual(['Set the metric', 'Set the goal']);
  });

  it('keeps the seed where it means something, and leaves it out of a grid', async () => {
    await choose('Sampling', /^Sobol$/);
    expect(tune()['sampling_algorithm']).toEqual({ type: 'random', rule: 'sobol', seed: 7 });
    await choose('Sampling', /^Grid/);
    expect(screen.queryByRole('textbox', { name: 'Seed' })).toBeNull();
    await choose('Sampling', /^Random$/);
    await userEvent.clear(screen.getByRole('textbox', { name: 'Seed' }));
    expect(tune()['sampling_algorithm']).toBe('random');
  });

  it('takes a limit away when its field is emptied, and writes numbers as numbers', async () => {
    await userEvent.clear(screen.getByRole('textbox', { name: 'Time limit' }));
    await retype('Trials', '12');
    expect(tune()['limits']).toEqual({ max_total_trials: 12 });
  });

  it('says how a policy ends trials early, with the fields that it has, and takes it away', async () => {
    await choose('Early termination', /^Bandit/);
    expect(tune()['early_termination']).toEqual({ type: 'bandit', slack_factor: 0.1, evaluation_interval: 1, delay_evaluation: 5 });
    await choose('Early termination', /^Median stopping/);
    expect(tune()['early_termination']).toEqual({ type: 'median_stopping', evaluation_interval: 1, delay_evaluation: 5 });
    expect(screen.queryByRole('textbox', { name: 'by a factor of' })).toBeNull();
    expect(screen.getByRole('textbox', { name: 'not before' })).toBeTruthy();
  });

  it('tries another parameter, by another distribution, and no longer', async () => {
    const space = within(screen.getByRole('group', { name: 'Search space' }));
    await choose('Add a parameter to try', /^depth$/);
    expect(tune()['search_space']).toMatchObject({ rate: { type: 'uniform' }, depth: { type: expect.any(String) } });
    await choose('Distribution of rate', /^choice/);
    expect(tune()['search_space']).toMatchObject({ rate: { type: 'choice' } });
    await userEvent.click(space.getByRole('button', { name: 'Try no values of depth' }));
    expect(Object.keys({ ...(tune()['search_space'] as object) })).toEqual(['rate']);
  });
});
