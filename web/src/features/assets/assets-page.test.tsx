import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assetOf } from '../../testing/asset-builders.ts';
import { renderPage } from '../../testing/render-page.tsx';
import { startTestBackend } from '../../testing/test-backend.ts';
import { DataPage } from './assets-page.tsx';

const asset = (name: string, version: string, more: Partial<Asset> = {}): Asset =>
  assetOf({ name, version, type: 'uri_folder', createdAt: `2026-11-20T10:00:0${version}.000Z`, by: 'ada', isLatest: false, path: '/in', ...more });

/** Assets in memory, served as the API does. */
function assetsBackend() {
  const assets = new Map(
    [
      asset('cars', '1'),
      asset('cars', '2', { isLatest: true, tags: { team: 'blue' }, description: 'All **cars**' }),
      asset('old', '1', { archivedAt: '2026-11-21T10:00:00.000Z' }),
    ].map((each) => [`${each.name}:${each.version}`, each]),
  );
  const registered: unknown[] = [];
  const use = {
    role: 'input',
    version: '2',
    run: '7',
    runName: 'Prices',
    status: 'completed',
    at: '2026-11-21T10:00:00.000Z',
    step: 'read',
    port: 'data',
    steps: 1,
  };
  const start = () =>
    startTestBackend(({ method, path, body }) => {
      const [, , noun, name, verb, version, what] = path.split('/');
      if (path === '/api/register') {
        registered.push(body);
        return { status: 201, body: { kind: 'data', name: 'new', version: '1', outcome: 'registered', notes: [] } };
      }
      if (noun !== 'data') return undefined;
      if (name === undefined) return { items: [...assets.values()], nextCursor: null };
      if (verb === 'uses') return { items: [use], nextCursor: null };
      const known = assets.get(`${name}:${version}`);
      if (verb === 'archive' || verb === 'restore') {
        const { versions } = body as { versions: string[] };
        for (const each of versions) {
          const found = assets.get(`${name}:${each}`);
          if (found) assets.set(`${name}:${each}`, { ...found, archivedAt: verb === 'archive' ? '2026-11-22T10:00:00.000Z' : null });
        }
        return { versions };
      }
      if (!known) return undefined;
      if (what === 'content') return { kind: 'text', text: 'a text', isTruncated: false, end: 6, sizeBytes: 6 };
      if (method === 'PATCH') assets.set(`${name}:${version}`, { ...known, ...(body as Partial<Asset>) });
      return { ...assets.get(`${name}:${version}`), reference: `azureml:${name}:${version}`, madeBy: [], usedBy: { items: [use], nextCursor: null } };
    });
  return { start, assets, registered };
}

// The whole page is drawn, and a busy machine takes its time over it.
configure({ asyncUtilTimeout: 15_000 });
afterEach(() => vi.unstubAllGlobals());

const open = async (backend: ReturnType<typeof assetsBackend>, at = '/data/cars') => {
  const routes = { '/data': <DataPage />, '/data/:name': <DataPage /> };
  return await renderPage({ backend: await backend.start(), routes, at });
};

describe('DataPage', () => {
  it('shows the latest version with who used it, and leaves out what is archived until it is asked for', async () => {
    await open(assetsBackend());
    const detail = await screen.findByRole('article', { name: 'cars' });
    expect(within(detail).getByText('azureml:cars:2')).toBeTruthy();
    expect((await within(detail).findByRole('link', { name: /run 7/ })).getAttribute('href')).toBe('/runs/7/steps/read/parameters');
    const list = screen.getByRole('navigation', { name: 'Data' });
    expect(within(list).queryByText('old')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Archived' }));
    expect(await within(list).findByText('old')).toBeTruthy();
  });

  it('changes description and tags where they stand', async () => {
    const backend = assetsBackend();
    await open(backend);
    await userEvent.click(await screen.findByRole('button', { name: 'Edit description and tags' }));
    const description = screen.getByRole('textbox', { name: 'Description' });
    await userEvent.clear(description);
    await userEvent.type(description, 'Fewer cars');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Fewer cars')).toBeTruthy();
    expect(backend.assets.get('cars:2')).toMatchObject({ description: 'Fewer cars', tags: { team: 'blue' } });
  });

  it('archives a version at once and brings it back on undo', async () => {
    const backend = assetsBackend();
    await open(backend);
    await userEvent.click(await screen.findByRole('button', { name: 'What can be done with cars' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Archive version 2' }));
    await waitFor(() => expect(backend.assets.get('cars:2')?.archivedAt).not.toBeNull());
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(backend.assets.get('cars:2')?.archivedAt).toBeNull());
  });

  it('registers what lies at a path, with its tags, and opens it', async () => {
    const backend = assetsBackend();
    const page = await open(backend);
    await userEvent.click(await screen.findByRole('button', { name: 'Register data' }));
    const dialog = await screen.findByRole('dialog', { name: 'Register data' });
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'a b');
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Register' }).disabled).toBe(true);
    await userEvent.clear(within(dialog).getByRole('textbox', { name: 'Name' }));
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'new');
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Path or address' }), '/data/new.csv');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Register' }));
    await waitFor(() => expect(backend.registered).toEqual([{ kind: 'data', name: 'new', description: '', tags: {}, path: '/data/new.csv' }]));
    await waitFor(() => expect(page.address()).toBe('/data/new?version=1'));
  });
});
