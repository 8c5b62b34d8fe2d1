import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { type Editor, EditorProvider } from '../store/editor-context.tsx';
import { openEditor } from '../testing/render-in-editor.tsx';
import { isUnsent, useUnsentText } from './unsent-comments.ts';
import { useSendText } from './use-send-text.ts';

const at = '2026-11-30T10:00:00.000Z';
const said = { id: 'a', step: null, updatedAt: at, resolved: null, messages: [{ id: 'a1', by: 'Ada', at, editedAt: null, text: 'Said', mentions: [] }] };

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor(samplePipeline());
  return () => editor.saver[Symbol.dispose]();
});

/** What stands at a place, with a server that answers when it is told to. */
function open(place: string) {
  const { promise: due, resolve: answer } = Promise.withResolvers<Response>();
  const sending = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => await due);
  onTestFinished(() => sending.mockRestore());
  const client = new QueryClient();
  const Around = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <EditorProvider value={editor}>{children}</EditorProvider>
    </QueryClientProvider>
  );
  const { result, unmount } = renderHook(() => ({ unsent: useUnsentText(place), ...useSendText(place) }), { wrapper: Around });
  const write = (text: string): void => act(() => result.current.unsent[1](text));
  write('Said');
  const sent = result.current.send({ kind: 'start', step: null, text: 'Said' });
  const text = (): string => result.current.unsent[0];
  return { text, answer: (response: Response) => act(async () => (answer(response), await sent)), write, sent, unmount };
}

it('forgets what is said, also where its field is gone by then', async () => {
  const { answer, sent, unmount } = open('gone');
  unmount();
  await answer(Response.json(said));
  expect(await sent).toBe('sent');
  expect(isUnsent('gone')).toBe(false);
});

it('keeps what was written since, and what could not be sent', async () => {
  const late = open('late');
  late.write('Said And more');
  await late.answer(Response.json(said));
  expect([await late.sent, late.text()]).toEqual(['written-on', 'And more']);
  const other = open('other');
  other.write('Other');
  await other.answer(Response.json(said));
  expect([await other.sent, other.text()]).toEqual(['written-on', 'Other']);
  const failed = open('failed');
  await failed.answer(Response.json({}, { status: 503 }));
  expect([await failed.sent, failed.text()]).toEqual(['failed', 'Said']);
});
