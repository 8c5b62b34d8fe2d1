import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { PaletteRow } from './palette-row.tsx';

it('is taken by a press or dragged, and where the draft can only be read it just tells what it is', async () => {
  const editor = await openEditor(samplePipeline());
  const [onPress, onPointerDown] = [vi.fn(), vi.fn()];
  renderInEditor(
    editor,
    <ul>
      <PaletteRow name="train" mark={null} title="Train" end={null} card="A component" onPress={onPress} onPointerDown={onPointerDown} />
    </ul>,
  );
  const row = screen.getByRole('button', { name: 'Train' });
  await userEvent.click(row);
  expect([onPress.mock.calls, onPointerDown.mock.calls.length]).toEqual([[[row]], 1]);
  act(() => editor.store.getState().setReadOnly(true));
  expect(row.getAttribute('aria-disabled')).toBe('true');
  await userEvent.click(row);
  expect([onPress.mock.calls.length, onPointerDown.mock.calls.length]).toEqual([1, 1]);
  await userEvent.hover(row);
  await screen.findByText('A component');
  editor.saver[Symbol.dispose]();
});
