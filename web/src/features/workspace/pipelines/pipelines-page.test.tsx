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
  from: 'file:/work/taxi/pipeline.yml',
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

  it('imports a file as a draft and shows what was found and what is missing, with line and column', async () => {
    const problem = { severity: 'warning', code: 'missing-component', message: 'There is no component nope.', file: 'cars.yml', line: 4, column: 5 };
    const part = { kind: 'code', path: './src', step: 'a', file: 'cars.yml', line: 5, column: 5 };
    const item = { id: 'd9', name: 'cars', file: 'cars.yml', problems: [problem], missing: [part], canAddFiles: true };
    const { start, brought } = importBackend((request) => (request.path === '/api/imports' ? { items: [item] } : { ...item, missing: [] }));
    const page = await renderPage({ backend: await start(), routes: { '/pipelines': <PipelinesPage /> }, at: '/pipelines' });
    await userEvent.click(await screen.findByRole('button', { name: 'Import' }));
    fireEvent.change(await screen.findByLabelText('Choose files or a zip', { selector: 'input' }), { target: { files: [new File(['jobs: {}'], 'cars.yml')] } });
    await screen.findByText('There is no component nope.');
    expect(screen.getByText('cars.yml:4:5')).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Missing parts' }).textContent).toContain('./src of a cars.yml:5:5');
    expect(brought).toEqual([{ path: '/api/imports', body: { text: 'jobs: {}', fileName: 'cars.yml' } }]);
    fireEvent.change(screen.getByLabelText('Add a folder', { selector: 'input' }), { target: { files: [new File(['x'], 'main.py')] } });
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Missing parts' })).toBeNull());
    expect(brought[1]?.path).toBe('/api/drafts/d9/files');
    await userEvent.click(screen.getByRole('link', { name: 'Open the draft' }));
    expect(page.address()).toBe('/drafts/d9');
  });

  it('says why nothing was imported', async () => {
    const problems = [{ severity: 'error', code: 'yaml-syntax', message: 'This is not readable YAML.', file: 'pipeline.yml', line: 1, column: 8 }];
    const refusal = { type: 'about:blank', status: 422, code: 'invalid-pipeline', title: 'pipeline.yml is not a pipeline that can be read', problems };
    const { start, brought } = importBackend(() => ({ status: 422, body: refusal }));
    await renderPage({ backend: await start(), routes: { '/pipelines': <PipelinesPage /> }, at: '/pipelines' });
    await userEvent.click(await screen.findByRole('button', { name: 'Import' }));
    fireEvent.change(await screen.findByLabelText('Or paste YAML'), { target: { value: 'jobs: [' } });
    await userEvent.click(screen.getByRole('button', { name: 'Import the text' }));
    await screen.findByText(/No draft was made\./);
    expect(screen.getByText('pipeline.yml:1:8')).toBeTruthy();
    expect(brought).toMatchObject([{ body: { text: 'jobs: [' } }]);
  });

  it('imports what is pasted on the page, if it may be a pipeline', async () => {
    const item = { id: 'd9', name: 'pipeline', file: 'pipeline.yml', problems: [], missing: [], canAddFiles: true };
    const { start, brought } = importBackend(() => ({ items: [item] }));
    const page = await renderPage({ backend: await start(), routes: { '/pipelines': <PipelinesPage /> }, at: '/pipelines' });
    await screen.findByRole('button', { name: 'Import' });
    const paste = (text: string): void => void fireEvent.paste(document.body, { clipboardData: { files: [], getData: () => text } });
    paste('just a word');
    paste('jobs:\n  a: { command: x }\n');
    await waitFor(() => expect(page.address()).toBe('/drafts/d9'));
    expect(brought).toMatchObject([{ body: { text: 'jobs:\n  a: { command: x }\n' } }]);
  });
});

/** Answers what is brought; there is nothing else. */
function importBackend(answer: (request: { readonly path: string }) => unknown) {
  const brought: { path: string; body: unknown }[] = [];
  const start = async () =>
    await startTestBackend(({ method, path, body }) => {
      if (method !== 'POST') return { items: [], nextCursor: null };
      brought.push({ path, body });
      return answer({ path });
    });
  return { start, brought };
}
