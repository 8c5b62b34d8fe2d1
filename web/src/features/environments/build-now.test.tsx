import type { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, onTestFinished, vi } from 'vitest';
import { assetOf } from '../../testing/asset-builders.ts';
import { BuildNow } from './build-now.tsx';

const environment: RegisteredEnvironment = {
  ...assetOf({ kind: 'environment', name: 'tables', type: null }),
  definition: { requirements: ['duckdb'] },
  build: null,
};

/** A build whose log the test writes, line by line. */
function begin(): { say: (line: string) => void; end: () => void; asked: () => string; isStopped: () => boolean } {
  let log: ReadableStreamDefaultController<Uint8Array> | null = null;
  let asked = '';
  let signal: AbortSignal | null | undefined = null;
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async (path, init) => {
    asked = `${init?.method ?? ''} ${typeof path === 'string' ? path : ''}`;
    signal = init?.signal;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (log = controller) });
    signal?.addEventListener('abort', () => log?.error(new DOMException('Stopped', 'AbortError')));
    return Promise.resolve(new Response(body));
  });
  onTestFinished(() => fetching.mockRestore());
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <BuildNow environment={environment} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return {
    say: (line) => log?.enqueue(new TextEncoder().encode(`${line}\n`)),
    end: () => log?.close(),
    asked: () => asked,
    isStopped: () => signal?.aborted === true,
  };
}

const press = async (name: string): Promise<void> => await userEvent.click(await screen.findByRole('button', { name }));

it('an environment is built when it is asked for, with its log as it is written', async () => {
  const build = begin();
  await press('Build now');
  expect(build.asked()).toBe('POST /api/environments/tables/1/build');
  build.say('installing duckdb');
  await waitFor(() => expect(screen.getByRole('log').textContent).toBe('installing duckdb\n'));
  build.say('Ready: made by uv.');
  build.end();
  await screen.findByRole('button', { name: 'Build now' });
  expect(screen.getByRole('log').textContent).toBe('installing duckdb\nReady: made by uv.\n');
});

it('a build is stopped, and says so', async () => {
  const build = begin();
  await press('Build now');
  await press('Stop the build');
  await waitFor(() => expect(screen.getByRole('log').textContent).toContain('Stopped.'));
  expect(build.isStopped()).toBe(true);
});
