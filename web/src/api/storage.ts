import { GarbageReport } from '@pipewright/shared/http/gc.ts';
import { useMutation } from '@tanstack/react-query';
import { request } from './request.ts';

/** Frees what nothing refers to any more; with `dryRun` only says what that would be. */
export function useCollectGarbage() {
  return useMutation({
    mutationFn: (body: { readonly dryRun: boolean }) => request('/api/gc', GarbageReport, { method: 'POST', body }),
  });
}
