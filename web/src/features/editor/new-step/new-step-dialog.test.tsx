import { fireEvent, screen } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { idOfTest, useKeptTests } from '../test-run/kept-tests.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { NewStepDialog } from './new-step-dialog.tsx';
import { emptyStep } from './python-step.ts';
import { changeStep, forgetStep, useUnfinishedStep } from './unfinished-step.ts';

it('starting over forgets how the step was tried, too', async () => {
  const editor = await openEditor(samplePipeline());
  onTestFinished(() => {
    editor.saver[Symbol.dispose]();
    forgetStep();
  });
  changeStep(emptyStep, { title: 'Mine' });
  useKeptTests.getState().keep(idOfTest('draft'), { run: '7', chosen: { rate: '2' } });
  renderInEditor(editor, <NewStepDialog from={null} />);
  fireEvent.click(await screen.findByText('Start over'));
  expect([useUnfinishedStep.getState().value, useKeptTests.getState().byComponent]).toEqual([null, {}]);
});
