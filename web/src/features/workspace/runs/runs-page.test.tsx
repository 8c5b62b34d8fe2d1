import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../../testing/render-page.tsx';
import { aSummary } from '../../../testing/run-builders.ts';
import { startTestBackend } from '../../../testing/test-backend.ts';
import { RunsPage } from './runs-page.tsx';

afterEach(() => vi.unstubAllGlobals());

/** Runs that are found by any status and by any text but one. */
async function show(at: string) {
  const backend = await startTestBackend(({ path, query }) => {
    if (path !== '/api/runs') return undefined;
    if (query.get('search') === 'nothing') return { items: [], nextCursor: null };
    return query.get('cursor') === 'older' ? { items: [aSummary({ id: '8' })], nextCursor: null } : { items: [aSummary({ id: '9' })], nextCursor: 'older' };
  });
  return await renderPage({ backend, routes: { '/runs': <RunsPage /> }, at });
}

describe('the runs of pipelines', () => {
  it('are a table, page by page', async () => {
    await show('/runs');
    await userEvent.click(await screen.findByRole('button', { name: 'Show older runs' }));
    await screen.findByRole('link', { name: 'Run 8, Car prices' });
    const table = within(screen.getByRole('table', { name: 'Runs' }));
    const heads = ['Status', 'Run', 'Pipeline', 'Experiment', 'By', 'Steps', 'Reused', 'Time', 'Started', 'Actions'];
    expect(table.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(heads);
    expect(table.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/runs/9', '/runs/8']);
    expect(screen.queryByRole('button', { name: 'Show older runs' })).toBeNull();
  });

  it('are narrowed by a status that is chosen at once after all were to be shown, and by nothing else', async () => {
    const page = await show('/runs?search=nothing&status=queued');
    await screen.findByText('No run answers to that');
    act(() => {
      fireEvent.click(screen.getByRole('button', { name: 'Show all runs' }));
      fireEvent.click(screen.getByRole('radio', { name: 'Failed' }));
    });
    expect(page.address()).toBe('/runs?status=failed');
    await screen.findByRole('table', { name: 'Runs' });
  });
});
