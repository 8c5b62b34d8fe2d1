import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router';
import { vi } from 'vitest';
import { createQueryClient } from '../api/query-client.ts';
import { bindRealtime } from '../realtime/bind-realtime.ts';
import { SocketProvider } from '../realtime/socket.ts';
import { LiveRegion } from '../ui/feedback/live-region.tsx';
import type { TestBackend } from './test-backend.ts';

interface RenderedPage extends RenderResult {
  /** Where the page is now. */
  readonly address: () => string;
}

interface PageUnderTest {
  readonly backend: TestBackend;
  /** Routes by their path. */
  readonly routes: Readonly<Record<string, ReactNode>>;
  readonly at: string;
}

/** A page with everything around it that is real, against a backend over the network. */
export async function renderPage({ backend, routes, at }: PageUnderTest): Promise<RenderedPage> {
  const realFetch = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => realFetch(new URL(path, backend.url), withoutSignal(init)));
  const socket = await backend.connect();
  const client = createQueryClient();
  bindRealtime(socket, client);
  let address = at;
  const Watcher = () => {
    const { pathname, search } = useLocation();
    address = pathname + search;
    return null;
  };
  const result = render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <SocketProvider value={socket}>
          <MemoryRouter initialEntries={[at]}>
            <Routes>
              {Object.entries(routes).map(([path, element]) => (
                <Route key={path} path={path} element={element} />
              ))}
              <Route path="*" element={null} />
            </Routes>
            <Watcher />
          </MemoryRouter>
          <Notifications />
          <LiveRegion />
        </SocketProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...result, address: () => address };
}

/** jsdom's signals are not the ones that Node's fetch takes. */
function withoutSignal(init: RequestInit | undefined): RequestInit {
  const { signal: _, ...rest } = init ?? {};
  return rest;
}
