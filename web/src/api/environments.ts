import { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';

const environmentKeys = {
  all: () => ['environments'] as const,
};

export const environmentsQuery = () =>
  queryOptions({
    queryKey: environmentKeys.all(),
    queryFn: async ({ signal }) => (await request('/api/environments', pageOf(RegisteredEnvironment), { signal })).items,
  });
