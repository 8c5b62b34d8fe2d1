import { act, fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { workspaceQuery } from '../../../api/workspace.ts';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { PeopleButton } from './people-button.tsx';

const workspace = { version: '1', home: '/home', slots: 1, displayName: 'Ada' };

it('shows who else is here, and goes to what they have selected', async () => {
  const editor = await openEditor(samplePipeline());
  const [step = ''] = Object.keys(samplePipeline().document.jobs);
  const title = editor.derived.getState().views.get(step)?.title ?? '';
  renderInEditor(editor, <PeopleButton />, [[workspaceQuery().queryKey, workspace]]);
  expect(screen.queryByRole('button')).toBeNull();
  act(() =>
    editor.presence.takeOver([
      { window: '1', name: 'Grace', steps: [step] },
      { window: '2', name: 'Ada', steps: [] },
    ]),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Also here: Grace; You, in another window' }));
  expect(await screen.findByRole('menuitem', { name: 'You, in another window looks at the pipeline' })).toHaveProperty('disabled', true);
  fireEvent.click(screen.getByRole('menuitem', { name: `Grace at ${title}` }));
  expect([...editor.store.getState().selectedSteps]).toEqual([step]);
  act(() => editor.presence.takeOver([]));
  expect(screen.queryByRole('button')).toBeNull();
});
