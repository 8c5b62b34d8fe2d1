import { QueryClient } from '@tanstack/react-query';
import { ApiError, isOffline } from './api-error.ts';

/**
 * The socket tells what changes, so what was read stays fresh while it is connected; after a reconnect everything is
 * refreshed once (`bind-realtime.ts`).
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && (isOffline(error) || !(error instanceof ApiError)),
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
