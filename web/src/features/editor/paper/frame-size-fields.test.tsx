import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { FrameSizeFields } from './frame-size-fields.tsx';

it('keeps the keyboard on the button that makes the frame fit its steps', async () => {
  const editor = await openEditor(samplePipeline());
  const room = { left: 0, top: 0, right: 80, bottom: 0 };
  editor.store.getState().edit([{ op: 'group.set', group: 'g', value: { title: 'Model', steps: ['split'], color: 'blue', room } }], { label: 'Group' });
  renderInEditor(editor, <FrameSizeFields group="g" />);
  const fit = screen.getByRole('button', { name: 'Fit to its steps' });
  await userEvent.click(fit);
  expect([editor.store.getState().content.layout.groups['g']?.room, document.activeElement]).toEqual([undefined, fit]);
  expect(fit.getAttribute('aria-disabled')).toBe('true');
  editor.saver[Symbol.dispose]();
});
