import type { TestComponent } from '@pipewright/shared/http/component-test.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { apiPath, request } from './request.ts';
import { runKeys } from './runs.ts';

/** Runs a component of a draft by itself, before it is a version. */
export function useTestComponent(draft: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TestComponent) => request(apiPath('drafts', draft, 'test'), RunSummary, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: runKeys.lists() }),
  });
}
