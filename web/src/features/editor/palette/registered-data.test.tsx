import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assetVersionsQuery, namedAssetsQuery } from '../../../api/assets.ts';
import { sampleComponents, samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { assetOf } from '../../../testing/asset-builders.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { Overlays } from '../overlays/overlays.tsx';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { Palette } from './palette.tsx';

const asset = (name: string, type: string, more: Partial<Asset> = {}): Asset =>
  assetOf({ name, type, kind: type.endsWith('model') ? 'model' : 'data', version: '2', path: '/in', ...more });
const cars = asset('cars', 'mltable', { tags: { team: 'blue' } });
const older = asset('cars', 'mltable', { version: '1', isLatest: false, labels: ['best'] });
const [folder, file, model] = [asset('pictures', 'uri_folder'), asset('list', 'uri_file'), asset('fuel', 'mlflow_model')];
const answers = [
  [namedAssetsQuery('data').queryKey, [cars, file, folder]],
  [namedAssetsQuery('models').queryKey, [model]],
  [assetVersionsQuery('data', 'cars').queryKey, [cars, older]],
  [assetVersionsQuery('models', 'fuel').queryKey, [model]],
] as const;

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor(samplePipeline());
});
afterEach(() => editor.saver[Symbol.dispose]());

const draw = (more: Parameters<typeof renderInEditor>[2] = []) =>
  renderInEditor(
    editor,
    <>
      <Palette />
      <Inspector />
      <Overlays />
    </>,
    [...answers, ...more],
  );
const document = () => editor.store.getState().content.document;
const entries = () => editor.store.getState().undoEntries.length;
const optionsOf = async (dialog: string): Promise<string[]> =>
  within(await screen.findByRole('dialog', { name: dialog }))
    .getAllByRole('option')
    .map((option) => option.textContent ?? '');

describe('the data of the palette', () => {
  it('is found by its name or a tag, and becomes an input of the pipeline by the keyboard alone', async () => {
    draw();
    await userEvent.click(screen.getByRole('radio', { name: 'Data' }));
    expect(within(screen.getByRole('list', { name: 'Registered data' })).getAllByRole('button')).toHaveLength(3);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search data' }), 'blue{Enter}');
    expect(await optionsOf('Give cars to')).toEqual([
      'A new input of the pipelinemltable',
      'Train · extra',
      'Import · datareplaces what it has',
      'Split · tablereplaces what it has',
      'Train · tablereplaces what it has',
      'Score · tablereplaces what it has',
    ]);
    await userEvent.keyboard('{Enter}');
    expect(document().inputs['cars']).toEqual({ type: 'mltable', path: 'azureml:cars:2' });
    expect(entries()).toBe(1);
    expect(writePipeline(editor.store.getState().content)).toContain('path: azureml:cars:2');
    editor.store.getState().undo();
    expect(document().inputs).not.toHaveProperty('cars');
  });

  it('offers the inputs of the selected step first, and takes the place of what they have', async () => {
    editor.store.getState().select({ steps: ['train'] });
    draw();
    await userEvent.click(screen.getByRole('radio', { name: 'Data' }));
    await userEvent.click(screen.getByRole('button', { name: /^cars/ }));
    expect((await optionsOf('Give cars to')).slice(0, 2)).toEqual(['Train · extra', 'Train · tablereplaces what it has']);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(document().jobs['train']?.inputs['table']).toEqual({ type: 'mltable', path: 'azureml:cars:2' });
    expect(entries()).toBe(1);
  });

  it('says what is missing where nothing is registered', async () => {
    renderInEditor(editor, <Palette />, [[namedAssetsQuery('models').queryKey, []]]);
    await userEvent.click(screen.getByRole('radio', { name: 'Models' }));
    expect(await screen.findByText(/No model has a name yet/)).toBeTruthy();
  });

  it('can be walked through where the draft can only be read, and gives nothing', async () => {
    act(() => editor.store.getState().setReadOnly(true));
    draw();
    await userEvent.click(screen.getByRole('radio', { name: 'Data' }));
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search data' }), '{ArrowDown}{ArrowDown}');
    const second = screen.getByRole('button', { name: /^list/ });
    expect(second.ownerDocument.activeElement).toBe(second);
    await userEvent.keyboard('{Enter}');
    expect(editor.store.getState().overlay).toBeNull();
    expect(screen.queryByRole('dialog', { name: 'Give list to' })).toBeNull();
  });
});

describe('the inspector', () => {
  it('offers an input what its type takes, and keeps what is said of it', async () => {
    editor.store.getState().edit([{ op: 'step.setInput', step: 'import', input: 'data', value: { type: 'uri_folder', path: './data', mode: 'ro_mount' } }], {
      label: 'Set the mode',
    });
    editor.store.getState().select({ steps: ['import'] });
    draw();
    await userEvent.click(await screen.findByRole('button', { name: 'Choose registered data for data' }));
    // A folder may be a table or a model; a single file is none.
    expect(await optionsOf('Registered data for data')).toEqual(['carsversion 2 · mltable', 'picturesversion 2 · uri_folder', 'fuelversion 2 · mlflow_model']);
    await userEvent.keyboard('pic{Enter}');
    expect(document().jobs['import']?.inputs['data']).toEqual({ type: 'uri_folder', path: 'azureml:pictures:2', mode: 'ro_mount' });
    expect(entries()).toBe(2);
  });

  it('offers what an input takes besides its own type, and writes the type that the data has', async () => {
    const importing = sampleComponents['azureml:import:1'];
    if (!importing) throw new Error('expected the component');
    const inputs = { data: { type: 'uri_folder' as const, 'x-pipewright': { accepts: ['uri_file' as const] } } };
    editor.saver[Symbol.dispose]();
    editor = await openEditor(samplePipeline(), { ...sampleComponents, 'azureml:import:1': { ...importing, inputs } });
    editor.store.getState().select({ steps: ['import'] });
    draw();
    await userEvent.click(await screen.findByRole('button', { name: 'Choose registered data for data' }));
    await userEvent.keyboard('list{Enter}');
    expect(document().jobs['import']?.inputs['data']).toEqual({ type: 'uri_file', path: 'azureml:list:2' });
  });

  it('gives a model to an input that takes folders under the name that no data can have', async () => {
    const namesake = asset('fuel', 'uri_folder');
    editor.store.getState().edit([{ op: 'step.setInput', step: 'import', input: 'data' }], { label: 'Clear' });
    editor.store.getState().select({ steps: ['import'] });
    draw([
      [namedAssetsQuery('data').queryKey, [namesake]],
      [assetVersionsQuery('data', 'fuel').queryKey, [namesake]],
    ]);
    await userEvent.click(await screen.findByRole('button', { name: 'Choose registered data for data' }));
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual(['fuelversion 2 · uri_folder', 'fuelversion 2 · mlflow_model']);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(document().jobs['import']?.inputs['data']).toEqual({ type: 'uri_folder', path: 'models:/fuel/2' });
    expect(screen.getByRole('link', { name: 'Open the page of fuel' }).getAttribute('href')).toBe('/models/fuel');
  });

  it('shows the model that a run would take where the file says that the input is one', async () => {
    editor.store
      .getState()
      .edit([{ op: 'step.setInput', step: 'import', input: 'data', value: { type: 'mlflow_model', path: 'azureml:fuel:2' } }], { label: 'Give fuel' });
    editor.store.getState().select({ steps: ['import'] });
    draw([[namedAssetsQuery('data').queryKey, [asset('fuel', 'uri_folder')]]]);
    expect((await screen.findByRole('link', { name: 'Open the page of fuel' })).getAttribute('href')).toBe('/models/fuel');
  });

  it('says of a label that nothing has that it is not registered, among what is looked up at the time of a run', async () => {
    editor.store
      .getState()
      .edit([{ op: 'step.setInput', step: 'train', input: 'extra', value: { type: 'mltable', path: 'azureml:cars@gone' } }], { label: 'Give cars' });
    editor.store.getState().select({ steps: ['train'] });
    draw();
    const version = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Version of cars for extra' });
    expect(version.value).toBe('@gone, which is not registered');
    await userEvent.click(version);
    const names = (await screen.findAllByRole('option')).map((option) => option.textContent);
    expect(names).toEqual(['Version 2', 'Version 1', '@gone, which is not registered', 'Latest, now version 2', '@best, now version 1']);
  });

  it('offers nothing that is registered to an input of which nobody knows what it takes', async () => {
    editor.store.getState().edit([{ op: 'step.setInput', step: 'train', input: 'gone', value: '${{parent.jobs.import.outputs.table}}' }], { label: 'Bind' });
    editor.store.getState().select({ steps: ['train'] });
    draw();
    const isOff = async (port: string): Promise<boolean> => {
      await userEvent.click(await screen.findByRole('button', { name: `More for ${port}` }));
      const item = await screen.findByRole<HTMLButtonElement>('menuitem', { name: 'Registered data or model…' });
      await userEvent.keyboard('{Escape}');
      return item.disabled;
    };
    expect(await isOff('gone')).toBe(true);
    expect(await isOff('extra')).toBe(false);
  });

  it('changes the version of what an input takes to another, to a label, to the latest', async () => {
    editor.store
      .getState()
      .edit([{ op: 'step.setInput', step: 'train', input: 'extra', value: { type: 'mltable', path: 'azureml:cars:2' } }], { label: 'Give cars' });
    editor.store.getState().select({ steps: ['train'] });
    draw();
    const version = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Version of cars for extra' });
    expect(version.value).toBe('Version 2');
    const choose = async (name: string, path: string): Promise<void> => {
      await userEvent.click(version);
      await userEvent.click(await screen.findByRole('option', { name }));
      await waitFor(() => expect(document().jobs['train']?.inputs['extra']).toEqual({ type: 'mltable', path }));
    };
    await choose('Version 1', 'azureml:cars:1');
    await choose('@best, now version 1', 'azureml:cars@best');
    await choose('Latest, now version 2', 'azureml:cars@latest');
    expect(version.value).toBe('Latest, now version 2');
    expect(entries()).toBe(4);
  });

  it('gives an input of the pipeline registered data, and no other type than it has', async () => {
    editor.store.getState().edit([{ op: 'pipeline.setInput', input: 'best', value: { type: 'mlflow_model', description: 'Ours' } }], { label: 'Add' });
    draw();
    await userEvent.click(await screen.findByRole('button', { name: 'Choose registered data for best' }));
    expect(await optionsOf('Registered data for best')).toEqual(['fuelversion 2 · mlflow_model']);
    await userEvent.keyboard('{Enter}');
    expect(document().inputs['best']).toEqual({ type: 'mlflow_model', description: 'Ours', path: 'azureml:fuel:2' });
    const path = screen.getByRole<HTMLInputElement>('textbox', { name: 'Value of best' });
    expect(path.value).toBe('azureml:fuel:2');
    await userEvent.clear(path);
    await userEvent.type(path, './own');
    expect(document().inputs['best']).toEqual({ type: 'mlflow_model', description: 'Ours', path: './own' });
  });
});
