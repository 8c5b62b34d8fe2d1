import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namedAssetsQuery } from '../../../api/assets.ts';
import { assetOf } from '../../../testing/asset-builders.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { RunForm, type RunFormValues } from './run-form.tsx';

const document = Pipeline.parse({
  type: 'pipeline',
  inputs: { trips: { type: 'uri_folder', path: './trips' }, rate: { type: 'number', default: 0.1 }, folds: { type: 'integer', min: 0, max: 21, default: 5 } },
  jobs: {},
});
const registered = [
  assetOf({ name: 'pictures', type: 'uri_folder', version: '3', tags: { team: 'blue' } }),
  assetOf({ name: 'weather', type: 'uri_folder' }),
  assetOf({ name: 'table', type: 'uri_file' }),
];
const model = assetOf({ name: 'fuel', type: 'mlflow_model', kind: 'model' });

let editor: Editor;
let given: RunFormValues['inputs'];
const told = ({ inputs }: RunFormValues): void => void (given = inputs);
const untouched: RunFormValues = { part: {}, name: '', experiment: '', inputs: {}, goesOn: true, force: false };
beforeEach(async () => {
  given = {};
  editor = await openEditor({ document, layout: Layout.parse({}) });
  renderInEditor(editor, <Form />, [
    [namedAssetsQuery('data').queryKey, registered],
    [namedAssetsQuery('models').queryKey, [model]],
  ]);
});
afterEach(() => editor.saver[Symbol.dispose]());

function Form() {
  const [now, setNow] = useState(untouched);
  return (
    <RunForm
      values={now}
      onChange={(next) => {
        told(next);
        setNow(next);
      }}
    />
  );
}

const field = () => screen.getByRole('combobox', { name: 'trips' });
/** Whether a field counts as wrong, and what describes it to who cannot see it. */
const said = (element: HTMLElement) => {
  const described = element.getAttribute('aria-describedby')?.split(' ') ?? [];
  const texts = described.map((id) => element.ownerDocument.getElementById(id)?.textContent ?? '');
  return [element.getAttribute('aria-invalid'), texts.join(' ').trim()];
};
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);

describe('the inputs of a run', () => {
  it('that take data offer what is registered and fits, whatever stands there', async () => {
    await userEvent.click(field());
    expect(options()).toEqual(['picturesversion 3 · uri_folder', 'weatherversion 1 · uri_folder', 'fuelversion 1 · mlflow_model']);
    await userEvent.click(screen.getByRole('option', { name: /^fuel/ }));
    expect(given).toEqual({ trips: { type: 'uri_folder', path: 'models:/fuel/1' } });
    expect(screen.getByDisplayValue('models:/fuel/1')).toBe(field());
  });

  it('find it by its name or a tag, by the keyboard alone', async () => {
    await userEvent.clear(field());
    await userEvent.type(field(), 'blue');
    expect(options()).toEqual(['picturesversion 3 · uri_folder']);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(given).toEqual({ trips: { type: 'uri_folder', path: 'azureml:pictures:3' } });
  });

  it('take a path that is typed, and are as the draft says when that is typed again', async () => {
    await userEvent.type(field(), '2');
    expect(given).toEqual({ trips: { type: 'uri_folder', path: './trips2' } });
    await userEvent.type(field(), '{Backspace}');
    expect(given).toEqual({});
  });

  it('take values as their type says', async () => {
    const rate = screen.getByRole('textbox', { name: 'rate' });
    await userEvent.clear(rate);
    expect([given, screen.queryByDisplayValue('0.1')]).toEqual([{}, null]);
    await userEvent.type(rate, '0.5');
    expect(given).toEqual({ rate: 0.5 });
  });

  it('say under the field what a typed value is not', async () => {
    const folds = screen.getByRole('textbox', { name: 'folds' });
    await userEvent.clear(folds);
    await userEvent.type(folds, '22');
    expect(said(folds)).toEqual(['true', 'must be between 0 and 21, not 22']);
    await userEvent.clear(folds);
    await userEvent.type(folds, '0.5');
    expect(said(folds)).toEqual([null, 'Of 0.5, 0 is used.']);
  });
});
