import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lockQuery } from '../../api/environments.ts';
import { assetOf } from '../../testing/asset-builders.ts';
import { NextVersionButton } from './environment-dialog.tsx';
import { condaOf, definitionOf, packagesOf, textOfEnvironment, whyNotPackages, whyNotPython } from './environment-text.ts';

const at = '2026-11-20T10:00:00.000Z';
const definition = { name: 'mine', version: '1', python: '>=3.9', requirements: ['pandas>=2,<3', 'pyyaml'], variables: { OMP_NUM_THREADS: '1' } };

describe('the text of an environment', () => {
  it('says which line names no package, and which Python is no range', () => {
    expect(whyNotPackages('# what it needs\npandas[excel]>=2,<3 ; python_version > "3.8"\n\nscikit-learn')).toBeNull();
    expect(whyNotPackages('pandas\npip install numpy')).toContain('“pip install numpy” names no package');
    expect(['', '>=3.9', '==3.11.*', '>=3.9, <3.13'].map(whyNotPython)).toEqual([null, null, null, null]);
    expect(whyNotPython('3.11')).toBe('A range such as >=3.9 or ==3.11.*');
  });

  it('is the same as a conda file and back', async () => {
    const text = textOfEnvironment('mine', definition);
    expect(await packagesOf(condaOf(text))).toEqual({ python: '>=3.9', packages: 'pandas>=2,<3\npyyaml', notes: [] });
    expect(await packagesOf('dependencies: [python=3.11, numpy=1.26, cudnn]')).toMatchObject({
      python: '==3.11.*',
      packages: 'numpy==1.26.*',
      notes: ['cudnn was left out: only conda has it.'],
    });
    expect(await definitionOf({ ...text, conda: 'name: x' })).toContain('it needs a list of dependencies');
  });
});

it('a next version is written from what stands there, and keeps what the form does not show', async () => {
  let sent: unknown = null;
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async (_path, init) => {
    sent = JSON.parse(typeof init?.body === 'string' ? init.body : 'null');
    return Promise.resolve(Response.json({ kind: 'environment', name: 'mine', version: '2', outcome: 'registered', notes: [] }, { status: 201 }));
  });
  onTestFinished(() => fetching.mockRestore());
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <NextVersionButton environment={{ ...assetOf({ kind: 'environment', name: 'mine', type: null }), definition, build: null }} />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'New version…' }));
  const packages = await screen.findByRole('textbox', { name: 'Packages' });
  await userEvent.type(packages, '\npip install x');
  expect(screen.getByText(/“pip install x” names no package/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Register' })).toHaveProperty('disabled', true);
  await userEvent.clear(packages);
  await userEvent.type(packages, 'duckdb');
  await userEvent.click(screen.getByRole('button', { name: 'Register' }));
  await waitFor(() => expect(sent).toEqual({ definition: { name: 'mine', python: '>=3.9', requirements: ['duckdb'], variables: { OMP_NUM_THREADS: '1' } } }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('a version of one that is built shows what is installed in it, searched by name, and what is asked for and is not', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
  client.setQueryData(lockQuery('abc').queryKey, { python: '3.11.7', packages: ['numpy==1.26.4', 'pandas==2.1.0', 'PyYAML==6.0'] });
  const build = { hash: 'h', status: 'ready' as const, builder: 'uv', python: '3.11.7', startedAt: at, endedAt: at, message: null, lock: 'abc' };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <NextVersionButton environment={{ ...assetOf({ kind: 'environment', name: 'mine', type: null }), definition, build }} />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'New version…' }));
  const installed = await screen.findByRole('region', { name: 'What is installed' });
  const rows = (): (string | null)[] => [...installed.querySelectorAll('tbody tr')].map((row) => row.textContent);
  expect(rows()).toEqual(['numpy 1.26.4comes along', 'pandas 2.1.0>=2,<3', 'PyYAML 6.0any version']);
  fireEvent.change(screen.getByRole('textbox', { name: 'Packages' }), { target: { value: 'duckdb\npandas==2.2.3' } });
  expect(installed.textContent).toContain('Asked for and not installed: duckdb.');
  expect(rows()[0]).toBe('duckdb not installedany version');
  fireEvent.change(screen.getByRole('searchbox', { name: 'Search the installed packages' }), { target: { value: 'pand' } });
  expect(rows()).toEqual(['pandas 2.1.0==2.2.3']);
});
