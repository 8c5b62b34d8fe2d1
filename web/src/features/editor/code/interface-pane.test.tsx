import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { fireEvent, screen } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { codeQuery, codeTextQuery } from '../../../api/component-code.ts';
import { componentOfStep, emptyStep } from '../new-step/python-step.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { useCodeEdits } from './code-edits.ts';
import { CodeDialog } from './code-dialog.tsx';
import { forgetEdits } from './forget-edits.ts';

const place = { draft: 'draft', component: 'azureml:mine:1' };
const made = componentOfStep(emptyStep, 'mine');
const paths = ['function.py', 'main.py'];

/** The component of *New Python step*, whose command speaks of a rate; the server has told these of its files. */
async function show(told: readonly string[]): Promise<void> {
  const document = Pipeline.parse({ jobs: { mine: { component: place.component } } });
  const component = { ...made.component, command: `${made.component.command} \${{inputs.rate}}` };
  const editor = await openEditor({ document, layout: Layout.parse({}) }, { [place.component]: component });
  onTestFinished(() => {
    editor.saver[Symbol.dispose]();
    forgetEdits(place);
  });
  renderInEditor(editor, <CodeDialog step="mine" file={null} part="interface" />, [
    [codeQuery(place).queryKey, { files: paths.map((path) => ({ path, sizeBytes: 9 })), whyNotEdited: null }],
    ...told.map((path) => [codeTextQuery(place, path).queryKey, { path, sizeBytes: 9, text: made.files[path], why: null }] as const),
  ]);
}

it('the files that were offered for its ports follow what is declared out of the command', async () => {
  await show(paths);
  fireEvent.click(await screen.findByText('Declare the input rate'));
  const changes = useCodeEdits.getState().value['draft azureml:mine:1'] ?? {};
  expect(paths.map((path) => changes[path]?.includes('rate'))).toEqual([true, true]);
});

it('ports are not written before the files are there that follow them', async () => {
  await show(['main.py']);
  expect(await screen.findByLabelText('Name of input 1')).toHaveProperty('readOnly', true);
  expect(screen.queryByText(/^Declare|^Add an/)).toBeNull();
});
