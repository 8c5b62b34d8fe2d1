import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { ComponentCode, SaveCode } from '@pipewright/shared/http/component-code.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { act, fireEvent, type RenderResult, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { codeQuery, codeTextQuery } from '../../../api/component-code.ts';
import { assetOf } from '../../../testing/asset-builders.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { CodeDialog } from './code-dialog.tsx';
import { changeCode, useCodeEdits } from './code-edits.ts';
import { useComponentEdits } from './component-edits.ts';
import { forgetEdits } from './forget-edits.ts';

const component = CommandComponent.parse({ name: 'says', version: '1', command: 'python say.py', code: './code', inputs: {}, outputs: {} });
const document = Pipeline.parse({ jobs: { say: { component: 'azureml:says:1' }, again: { component: 'azureml:says:1', display_name: 'Once more' } } });
const place = { draft: 'draft', component: 'azureml:says:1' };
const code = (whyNotEdited: string | null): ComponentCode => ({
  files: [
    { path: 'big.bin', sizeBytes: 3 },
    { path: 'say.py', sizeBytes: 9 },
  ],
  whyNotEdited,
});

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor({ document, layout: Layout.parse({}) }, { 'azureml:says:1': component });
});
afterEach(() => {
  editor.saver[Symbol.dispose]();
  forgetEdits(place);
  forgetEdits({ ...place, component: 'azureml:says:2' });
});

function show(whyNotEdited: string | null = null): RenderResult {
  const second = { ...place, component: 'azureml:says:2' };
  return renderInEditor(editor, <CodeDialog step="say" file="say.py" part="files" />, [
    [codeQuery(place).queryKey, code(whyNotEdited)],
    [codeTextQuery(place, 'say.py').queryKey, { path: 'say.py', sizeBytes: 9, text: 'print(1)\n', why: null }],
    [codeQuery(second).queryKey, code(null)],
    [codeTextQuery(second, 'say.py').queryKey, { path: 'say.py', sizeBytes: 9, text: 'print(2)\n', why: null }],
    [codeTextQuery(place, 'big.bin').queryKey, { path: 'big.bin', sizeBytes: 3, text: null, why: 'It is no text in UTF-8.' }],
  ]);
}

/** What is sent to be registered; answered as the second version, when that is due. */
function answerSaved(says: Partial<CommandComponent> = {}, due: Promise<void> = Promise.resolve()): { sent: () => SaveCode | null } {
  let body: SaveCode | null = null;
  const registered: RegisteredComponent = {
    ...assetOf({ kind: 'component', name: 'says', version: '2', type: 'command', sizeBytes: null }),
    reference: 'azureml:says:2',
    component: { ...component, ...says, version: '2' },
  };
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async (_path, init) => {
    body = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as SaveCode; // What the page itself has just written.
    await due;
    return Response.json(registered, { status: 201 });
  });
  onTestFinished(() => fetching.mockRestore());
  return { sent: () => body };
}

const press = async (name: string | RegExp): Promise<void> => await userEvent.click(await screen.findByRole('button', { name }));
const componentOf = (step: string): unknown => editor.store.getState().content.document.jobs[step]?.component;
const write = (path: string, text: string | null): void => changeCode(place, path, text);

describe('the code of a step', () => {
  it('is shown file by file; what is no text says why', async () => {
    show();
    // The editor itself loads with the first of them; until then the text can be read.
    await waitFor(() => expect(screen.getByRole('dialog').textContent).toContain('print(1)'));
    await press(/^big\.bin/);
    expect(await screen.findByText('It is no text in UTF-8.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Review and save…' })).toHaveProperty('disabled', true);
  });

  it('becomes the next version, which the step uses by one edit, with what was changed line by line before it', async () => {
    const { sent } = answerSaved();
    write('say.py', 'print(2)\n');
    show();
    await userEvent.type(await screen.findByRole('textbox', { name: 'Name of a new file' }), 'lib/more.py{Enter}');
    await press(/^Remove big\.bin/);
    await press('Review and save…');
    const changed = await screen.findByRole('region', { name: 'say.py' });
    expect([...changed.querySelectorAll('[data-line]')].map((line) => line.textContent?.trim())).toEqual(['− print(1)', '+ print(2)']);
    expect(screen.getByRole('region', { name: 'big.bin' }).textContent).toContain('removed');
    await press('Save the next version');
    await waitFor(() => expect(componentOf('say')).toBe('azureml:says:2'));
    expect(sent()).toEqual({ name: 'says', files: { 'say.py': 'print(2)\n', 'lib/more.py': '', 'big.bin': null } });
    expect(componentOf('again')).toBe('azureml:says:1');
    expect(editor.store.getState().undoEntries.map(({ label }) => label)).toEqual(['Use version 2 of says in say']);
    expect(useCodeEdits.getState().value).toEqual({});
  });

  it('that is written while a version is being saved is kept, and nothing is closed but the window it was saved in', async () => {
    const { promise: due, resolve: answer } = Promise.withResolvers<void>();
    answerSaved({}, due);
    write('say.py', 'print(2)\n');
    write('more.py', 'a');
    editor.store.getState().open({ kind: 'code', step: 'say', file: null, part: 'files' });
    show();
    await press('Review and save…');
    await press('Save the next version');
    expect(screen.getByRole('button', { name: 'Back to the code' })).toHaveProperty('disabled', true);
    act(() => {
      write('more.py', 'b');
      editor.store.getState().open({ kind: 'find' });
    });
    answer();
    await waitFor(() => expect(componentOf('say')).toBe('azureml:says:2'));
    expect(useCodeEdits.getState().value).toEqual({ 'draft azureml:says:2': { 'more.py': 'b' } });
    expect(editor.store.getState().overlay).toEqual({ kind: 'find' });
  });

  it('that is opened again while a version is being saved goes on as that version, with what was written since', async () => {
    const { promise: due, resolve: answer } = Promise.withResolvers<void>();
    answerSaved({}, due);
    write('say.py', 'print(2)\n');
    const { unmount } = show();
    await press('Review and save…');
    await press('Save the next version');
    unmount();
    show();
    act(() => write('say.py', 'print(3)\n'));
    answer();
    await waitFor(() => expect(componentOf('say')).toBe('azureml:says:2'));
    expect(useCodeEdits.getState().value).toEqual({ 'draft azureml:says:2': { 'say.py': 'print(3)\n' } });
    await press('Review and save…');
    const changed = await screen.findByRole('region', { name: 'say.py' });
    expect([...changed.querySelectorAll('[data-line]')].map((line) => line.textContent?.trim())).toEqual(['− print(2)', '+ print(3)']);
    expect(screen.queryByText(/is registered already/)).toBeNull();
  });

  it('is taken by the other steps with that version, where that is asked for', async () => {
    answerSaved();
    write('say.py', 'print(2)\n');
    show();
    await press('Review and save…');
    await userEvent.click(await screen.findByRole('checkbox', { name: /1 other step/ }));
    await press('Save the next version');
    await waitFor(() => expect([componentOf('say'), componentOf('again')]).toEqual(['azureml:says:2', 'azureml:says:2']));
    expect(editor.store.getState().undoEntries).toHaveLength(1);
  });

  it('of what comes with the product gets a name of its own', async () => {
    write('say.py', 'print(2)\n');
    show('It comes with Pipewright: what is changed becomes a component of another name.');
    await press('Review and save…');
    const name = await screen.findByRole('textbox', { name: 'Name of the component' });
    expect(name).toHaveProperty('value', 'says_own');
    await userEvent.clear(name);
    await userEvent.type(name, 'says');
    expect(screen.getByText('Another name than the original')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Save the next version' })).toHaveProperty('disabled', true);
  });

  it('takes no file that lies elsewhere, twice, or in another file; a change is taken back', async () => {
    show();
    const name = await screen.findByRole('textbox', { name: 'Name of a new file' });
    for (const [path, why] of [
      ['../out.py', 'A path in this folder, with /'],
      ['say.py', 'There is one already'],
      ['say.py/in.py', 'A file cannot lie in a file'],
    ] as const) {
      await userEvent.clear(name);
      await userEvent.type(name, `${path}{Enter}`);
      expect(screen.getByText(why)).toBeTruthy();
    }
    await press(/^Remove say\.py/);
    expect(within(screen.getByRole('list', { name: 'Files' })).getByText('removed')).toBeTruthy();
    await press('Take back what was done to say.py');
    expect(useCodeEdits.getState().value).toEqual({});
  });

  it('takes other inputs, outputs and a command in the same window; the step keeps the wires whose ports are still there', async () => {
    const taking = CommandComponent.parse({
      ...component,
      command: 'python say.py ${{inputs.rate}} ${{inputs.data}}',
      inputs: { rate: { type: 'number', default: 1 }, data: { type: 'uri_file', optional: true } },
    });
    const jobs = { say: { component: 'azureml:says:1', inputs: { rate: 2, data: { type: 'uri_file', path: './a.csv' } } } };
    editor.saver[Symbol.dispose]();
    editor = await openEditor({ document: Pipeline.parse({ jobs }), layout: Layout.parse({}) }, { 'azureml:says:1': taking });
    const { sent } = answerSaved({ inputs: { speed: { type: 'number', default: 1, max: 9 } }, command: 'python say.py ${{inputs.speed}}' });
    show();
    await press(/^Inputs, outputs, command/);
    const name = await screen.findByRole('textbox', { name: 'Name of input 1' });
    fireEvent.change(name, { target: { value: 'speed' } });
    const problems = screen.getByRole('list', { name: 'About the command' });
    expect(within(problems).getByText('${{inputs.rate}} is not declared.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Review and save…' })).toHaveProperty('disabled', true);
    await press('Write speed');
    await press('Remove data');
    fireEvent.change(screen.getByRole('textbox', { name: 'Command' }), { target: { value: 'python say.py ${{inputs.speed}}' } });
    await press('Limits and choices');
    fireEvent.change(screen.getByRole('textbox', { name: 'Most of speed' }), { target: { value: '9' } });
    await press('Review and save…');
    const changed = await screen.findByRole('region', { name: 'Inputs, outputs, command' });
    expect([...changed.querySelectorAll('[data-line]')].map((line) => line.textContent?.trim())).toEqual([
      '− input rate: number, default 1',
      '− input data: uri_file, may be left out',
      '+ input speed: number, default 1, at most 9',
      'environment: base Python',
      '− command: python say.py ${{inputs.rate}} ${{inputs.data}}',
      '+ command: python say.py ${{inputs.speed}}',
    ]);
    const wires = screen.getByRole('region', { name: 'Wires and values of the step' });
    expect(within(wires).getByRole('status').textContent).toBe('1 wire or value of the step will not fit any more: data.');
    await press('Save the next version');
    await waitFor(() => expect(componentOf('say')).toBe('azureml:says:2'));
    expect(sent()).toEqual({
      name: 'says',
      files: {},
      declares: { inputs: { speed: { type: 'number', default: 1, max: 9 } }, command: 'python say.py ${{inputs.speed}}' },
    });
    expect(editor.store.getState().content.document.jobs['say']?.inputs).toEqual({ speed: 2, data: { type: 'uri_file', path: './a.csv' } });
    expect(useComponentEdits.getState().value).toEqual({});
  });

  it('says that changes are kept only where they are', async () => {
    write('say.py', 'print(2)\n');
    show();
    await screen.findByText('1 file changed, kept in this browser until you save a version.');
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('It is full.', 'QuotaExceededError');
    });
    onTestFinished(() => full.mockRestore());
    // What was written before may be kept by now.
    act(() => write('say.py', 'print(3)\n'));
    window.dispatchEvent(new Event('pagehide'));
    await screen.findByText('1 file changed. This browser cannot keep it: save a version before you leave the page.');
  });
});
