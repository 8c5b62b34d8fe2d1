import type { RegisterComponent } from '@pipewright/shared/http/components.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { ReactFlowProvider } from '@xyflow/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { assetOf } from '../../../testing/asset-builders.ts';
import { type Editor, EditorProvider } from '../store/editor-context.tsx';
import { openEditor } from '../testing/render-in-editor.tsx';
import { emptyStep } from './python-step.ts';
import { changeStep, forgetStep, useUnfinishedStep } from './unfinished-step.ts';
import { useMakeStep } from './use-make-step.ts';
import { usePutMade } from './use-put-made.ts';

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor(samplePipeline());
  editor.store.getState().open({ kind: 'new-step', from: null });
  changeStep(emptyStep, { title: 'Mine' });
});
afterEach(() => {
  editor.saver[Symbol.dispose]();
  forgetStep();
});

const overlay = () => editor.store.getState().overlay;
const begun = () => useUnfinishedStep.getState().value;
const uses = (): number => Object.values(editor.store.getState().content.document.jobs).filter(({ component }) => component === 'azureml:mine:1').length;

/** What makes the step that is begun, with a server that does something else meanwhile. */
function open(meanwhile: () => void) {
  const registering = vi.spyOn(globalThis, 'fetch').mockImplementation(async (_path, init) => {
    const { component } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as RegisterComponent; // What the page itself has just written.
    meanwhile();
    const asset = assetOf({ kind: 'component', name: 'mine', version: '1', type: 'command', sizeBytes: null });
    return Promise.resolve(Response.json({ ...asset, reference: 'azureml:mine:1', component: { ...component, version: '1' } }, { status: 201 }));
  });
  onTestFinished(() => registering.mockRestore());
  const client = new QueryClient();
  const Around = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <EditorProvider value={editor}>
        <ReactFlowProvider>{children}</ReactFlowProvider>
      </EditorProvider>
    </QueryClientProvider>
  );
  const { result } = renderHook(() => useMakeStep(usePutMade(), null), { wrapper: Around });
  const make = async (): Promise<void> => await act(async () => await result.current.make(begun() ?? emptyStep, 'mine'));
  return { result, make, registering };
}

describe('a Python step that is made', () => {
  it('is put on the canvas, forgotten, and its window closed', async () => {
    const { make } = open(() => {});
    await make();
    expect([uses(), begun(), overlay()]).toEqual([1, null, null]);
  });

  it('takes away nothing that was written since it was sent, and closes nothing else', async () => {
    const { make } = open(() => {
      changeStep(emptyStep, { title: 'Another' });
      editor.store.getState().open({ kind: 'find' });
    });
    await make();
    expect([uses(), begun()?.title, overlay()]).toEqual([1, 'Another', { kind: 'find' }]);
  });

  it('is registered once, also where it cannot be put on the canvas at first', async () => {
    const { result, make, registering } = open(() => editor.store.getState().setReadOnly(true));
    await make();
    expect(result.current.refusal).toBe('mine is registered, but not on the canvas: This draft is read-only.');
    expect([uses(), begun()?.title, result.current.madeOf(begun() ?? emptyStep)?.name]).toEqual([0, 'Mine', 'mine']);
    editor.store.getState().setReadOnly(false);
    await make();
    expect([uses(), begun(), overlay()]).toEqual([1, null, null]);
    expect(registering).toHaveBeenCalledOnce();
  });
});
