import type { DraftSummary } from '@pipewright/shared/http/drafts.ts';
import { DraftId } from '@pipewright/shared/ids.ts';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../../testing/render-page.tsx';
import { startTestBackend } from '../../../testing/test-backend.ts';
import { PipelinesPage } from './pipelines-page.tsx';

const draft = (id: string, name: string): DraftSummary => ({
  id: DraftId.parse(id),
  name,
  revision: 3,
  createdAt: '2026-11-20T10:00:00.000Z',
  updatedAt: '2026-11-20T10:00:00.000Z',
  by: 'ada',
  stepCount: 0,
  problemCount: 2,
  lastRun: null,
  thumbnail: { steps: [], edges: [] },
});

/** Drafts in memory, served as the API does. */
function draftsBackend() {
  const drafts = new Map([draft('d1', 'Car prices'), draft('d2', 'Churn')].map((item) => [item.id as string, item]));
  const archived = new Map<string, DraftSummary>();
  const created: unknown[] = [];
  const start = () =>
    startTestBackend(({ method, path, body }) => {
      const [, , noun, id, verb] = path.split('/');
      if (path === '/api/workspace') return { version: '0.1.0', home: '/home', slots: 2, displayName: 'ada' };
      if (path === '/api/pipelines') return { items: [], nextCursor: null };
      if (noun !== 'drafts') return undefined;
      if (id === undefined && method === 'GET') return { items: [...drafts.values()], nextCursor: null };
      if (id === undefined) {
        created.push(body);
        const problems = [{ severity: 'error', code: 'missing-component', message: 'There is no component nope.', path: ['jobs', 'a', 'component'] }];
        const content = body as { document: unknown; layout: unknown };
        return { status: 201, body: { ...draft('d9', 'new'), ...content, components: {}, problems } };
      }
      const known = drafts.get(id) ?? archived.get(id);
      if (!known) return undefined;
      if (method === 'DELETE') {
        drafts.delete(id);
        archived.set(id, known);
      }
      if (verb === 'restore') drafts.set(id, known);
      if (verb === 'ops') {
        drafts.set(id, { ...known, name: 'Renamed', revision: 4 });
        return { revision: 4, problems: [] };
      }
      return { id };
    });
  return { start, drafts, created };
}

afterEach(() => vi.unstubAllGlobals());

describe('PipelinesPage', () => {
  it('deletes at once and brings back on undo', async () => {
    const { start, drafts } = draftsBackend();
    const backend = await start();
    await renderPage({ backend, routes: { '/pipelines': <PipelinesPage /> }, at: '/pipelines' });
    await userEvent.click(await screen.findByRole('button', { name: 'Delete Churn' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Churn' })).toBeNull());
    expect(drafts.has('d2')).toBe(false);
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByRole('link', { name: 'Churn' });
    expect(drafts.has('d2')).toBe(true);
  });

  it('renames on Enter and leaves the name alone on Escape', async () => {
    const { start } = draftsBackend();
    const backend = await start();
    await renderPage({ backend, routes: { '/pipelines': <PipelinesPage /> }, at: '/pipelines' });
    await userEvent.click(await screen.findByRole('button', { name: 'Rename Churn' }));
    await userEvent.keyboard('x{Escape}');
    expect(screen.getByRole('link', { name: 'Churn' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Rename Churn' }));
    await userEvent.keyboard('Renamed{Enter}');
    await screen.findByRole('link', { name: 'Renamed' });
  });

  it('imports a file as a draft and shows its problems with line and column', async () => {
    const { start, created } = draftsBackend();
    const backend = await start();
    const page = await renderPage({ backend, routes: { '/pipelines': <PipelinesPage /> }, at: '/pipelines' });
    const chooser = await screen.findByLabelText('Pipeline file');
    fireEvent.change(chooser, { target: { files: [new File(['type: pipeline\njobs:\n  a:\n    component: azureml:nope:1\n'], 'cars.yml')] } });
    await screen.findByText('There is no component nope.');
    expect(screen.getByText('4:5')).toBeTruthy();
    expect(created[0]).toMatchObject({ name: 'cars', document: { jobs: { a: { component: 'azureml:nope:1' } } } });
    await userEvent.click(screen.getByRole('button', { name: 'Open the draft' }));
    expect(page.address()).toBe('/drafts/d9');
  });

  it('makes no draft of a file that cannot be read', async () => {
    const { start, created } = draftsBackend();
    const backend = await start();
    await renderPage({ backend, routes: { '/pipelines': <PipelinesPage /> }, at: '/pipelines' });
    fireEvent.change(await screen.findByLabelText('Pipeline file'), { target: { files: [new File(['jobs: ['], 'broken.yml')] } });
    await screen.findByText(/cannot be read as a pipeline/);
    expect(created).toEqual([]);
  });
});
