import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { PlanPane } from './plan-pane.tsx';
import { RunDialog } from './run-dialog.tsx';
import { useRunDialog } from './use-run-dialog.ts';

let editor: Editor;
/** What waits for a run to be accepted or refused. */
let asked: ((response: Response) => void)[];
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const refusal = () => json({ type: 'about:blank', status: 409, code: 'draft-changed', title: 'The draft has changed.' }, 409);

beforeEach(async () => {
  asked = [];
  vi.stubGlobal('fetch', (path: string) =>
    path.endsWith('/plan') ? Promise.resolve(json({ steps: [], problems: [] })) : new Promise<Response>((resolve) => void asked.push(resolve)),
  );
  editor = await openEditor(samplePipeline());
});
afterEach(() => {
  vi.unstubAllGlobals();
  editor.saver[Symbol.dispose]();
});

function Page() {
  const { open } = useRunDialog();
  return (
    <>
      <button type="button" onClick={() => open({ part: { to: 'split' } })}>
        Open
      </button>
      <RunDialog />
      <Notifications />
    </>
  );
}

const dialog = () => screen.queryByRole('dialog', { name: 'Run pipeline' });
const heading = () => screen.queryByRole('heading', { level: 2 })?.textContent;
const run = () => screen.getByRole('button', { name: /^Run/ });

describe('the run dialog', () => {
  it('stays what it was opened for while it fades, and runs nothing any more', async () => {
    renderInEditor(
      editor,
      <MantineProvider>
        <Page />
      </MantineProvider>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    await waitFor(() => expect(dialog()?.style.opacity).toBe('1'));
    expect(heading()).toBe('Run to Split');
    await userEvent.keyboard('{Escape}');
    expect(heading()).toBe('Run to Split');
    await userEvent.click(run());
    expect(asked).toEqual([]);
    await waitFor(() => expect(dialog()).toBe(null));
  });

  it('says a refusal in itself, and to who has left it as well', async () => {
    renderInEditor(editor, <Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    await userEvent.click(run());
    await waitFor(() => expect(asked).toHaveLength(1));
    asked[0]?.(refusal());
    expect(await screen.findByText('The draft has changed.')).toBeTruthy();

    await userEvent.click(run());
    await waitFor(() => expect(asked).toHaveLength(2));
    await userEvent.keyboard('{Escape}');
    expect(dialog()).toBe(null);
    asked[1]?.(refusal());
    expect(await screen.findByText('Not started: The draft has changed.')).toBeTruthy();
    expect(dialog()).toBe(null);
  });
});

describe('what stands in the way of a run', () => {
  const added = Step.parse({ component: 'azureml:import:1', inputs: { data: '${{parent.jobs.split.outputs.second}}' } });
  const problem: Problem = {
    severity: 'error',
    code: 'missing-input',
    message: 'table of train is not connected.',
    fix: {
      text: 'Put Import between',
      ops: [
        { op: 'step.add', step: 'import_2', value: added },
        { op: 'step.setInput', step: 'train', input: 'table', value: '${{parent.jobs.import_2.outputs.table}}' },
      ],
    },
  };
  const pane = <PlanPane plan={null} problems={[problem]} error={null} isPlanning={false} onJump={() => {}} />;
  const fix = () => screen.queryByRole('button', { name: 'Put Import between' });

  it('is mended by its fix: one entry, and what it adds has its place', async () => {
    renderInEditor(editor, pane);
    await userEvent.click(fix() ?? document.body);
    const { undoEntries, content } = editor.store.getState();
    expect(undoEntries.map(({ label }) => label)).toEqual(['Put Import between']);
    expect(content.layout.steps['import_2']).toBeDefined();
  });

  it('offers no fix where nothing can be edited', () => {
    editor.store.getState().setReadOnly(true);
    renderInEditor(editor, pane);
    expect([screen.queryByText(problem.message) === null, fix()]).toEqual([false, null]);
  });
});
