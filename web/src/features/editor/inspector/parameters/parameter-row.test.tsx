import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleComponents, samplePipeline } from '../../../../canvas/testing/sample-pipeline.ts';
import { parameterFields } from '../../model/parameter-fields.ts';
import { type Editor, useEditorState } from '../../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../../testing/render-in-editor.tsx';
import { ParameterRow } from './parameter-row.tsx';

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor(samplePipeline());
});
afterEach(() => editor.saver[Symbol.dispose]());

function Fraction() {
  const step = useEditorState((state) => state.content.document.jobs['split']);
  const ports = sampleComponents['azureml:split:1'];
  const field = step && ports && parameterFields(step, ports).find(({ name }) => name === 'fraction');
  return field && <ParameterRow step="split" field={field} problems={[]} was={null} />;
}

function Words({ widget }: { readonly widget: 'multiline' | 'map' }) {
  const step = useEditorState((state) => state.content.document.jobs['split']);
  const fields = step && parameterFields(step, { inputs: { words: { type: 'string', 'x-pipewright': { label: 'Words', widget } } }, outputs: {} });
  return (
    <>
      {fields?.[0] && <ParameterRow step="split" field={fields[0]} problems={[]} was={null} />}
      <button type="button">Elsewhere</button>
    </>
  );
}

const written = () => editor.store.getState().content.document.jobs['split']?.inputs['words'];
const write = (value: string): void =>
  act(() => void editor.store.getState().edit([{ op: 'step.setInput', step: 'split', input: 'words', value }], { label: 'Set Words' }));
const large = () => screen.queryByRole('button', { name: 'Edit in a large window' });

it('fx begins an expression, and ends it while it is still written in', async () => {
  renderInEditor(editor, <Fraction />);
  const fx = screen.getByRole('button', { name: 'Expression for Fraction in first' });
  const expression = () => screen.queryByRole('combobox', { name: 'Expression of Fraction in first' });
  await userEvent.click(fx);
  expect(document.activeElement).toBe(expression());
  await userEvent.click(fx);
  expect([expression(), document.activeElement]).toEqual([null, fx]);
  expect(editor.store.getState().undoEntries).toEqual([]);
});

it('a text that grows too long for its field keeps the field until it is left', () => {
  renderInEditor(editor, <Words widget="multiline" />);
  const field = screen.getByRole('textbox', { name: 'Words' });
  act(() => field.focus());
  fireEvent.change(field, { target: { value: 'x'.repeat(20_001) } });
  expect([document.activeElement, large()]).toEqual([field, null]);
  act(() => screen.getByRole('button', { name: 'Elsewhere' }).focus());
  expect(large()).not.toBeNull();
});

it('a long text that becomes short keeps its buttons, and its large window, until they are left', async () => {
  write('x'.repeat(25_000));
  renderInEditor(editor, <Words widget="multiline" />);
  const button = screen.getByRole('button', { name: 'Edit in a large window' });
  act(() => button.focus());
  write('x');
  expect(document.activeElement).toBe(button);
  await userEvent.click(button);
  write('xy');
  expect((await screen.findByRole('dialog', { name: 'Words · Text' })).contains(document.activeElement)).toBe(true);
});

it('cleared, the keyboard goes on to the field, and with the text back, to its buttons', async () => {
  write('x'.repeat(50_000));
  renderInEditor(editor, <Words widget="multiline" />);
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect([written(), document.activeElement]).toEqual(['', screen.getByRole('textbox', { name: 'Words' })]);
  act(() => void editor.store.getState().undo());
  expect([written(), document.activeElement]).toEqual(['x'.repeat(50_000), large()]);
});

it.each([
  { widget: 'multiline', name: 'Words', goesOnTo: 'Edit in a large window' },
  { widget: 'map', name: 'Value 1 of Words', goesOnTo: null },
] as const)('a long paste into $widget changes what it was pasted into', async ({ widget, name, goesOnTo }) => {
  write('a = b');
  renderInEditor(editor, <Words widget={widget} />);
  const field = screen.getByRole('textbox', { name });
  await userEvent.click(field);
  await userEvent.paste('x'.repeat(25_000));
  expect(written()).toBe(`a = b${'x'.repeat(25_000)}`);
  expect(document.activeElement).toBe(goesOnTo === null ? field : screen.getByRole('button', { name: goesOnTo }));
});
