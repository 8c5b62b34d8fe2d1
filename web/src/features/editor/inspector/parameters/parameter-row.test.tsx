import { screen } from '@testing-library/react';
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
  renderInEditor(editor, <Fraction />);
});
afterEach(() => editor.saver[Symbol.dispose]());

function Fraction() {
  const step = useEditorState((state) => state.content.document.jobs['split']);
  const ports = sampleComponents['azureml:split:1'];
  const field = step && ports && parameterFields(step, ports).find(({ name }) => name === 'fraction');
  return field && <ParameterRow step="split" field={field} problems={[]} was={null} />;
}

it('fx begins an expression, and ends it while it is still written in', async () => {
  const fx = screen.getByRole('button', { name: 'Expression for Fraction in first' });
  const written = () => screen.queryByRole('combobox', { name: 'Expression of Fraction in first' });
  await userEvent.click(fx);
  expect(document.activeElement).toBe(written());
  await userEvent.click(fx);
  expect([written(), document.activeElement]).toEqual([null, fx]);
  expect(editor.store.getState().undoEntries).toEqual([]);
});
