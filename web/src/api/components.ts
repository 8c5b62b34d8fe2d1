import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { queryOptions } from '@tanstack/react-query';
import { apiPath, request, withQuery } from './request.ts';

export const componentKeys = {
  all: () => ['components'] as const,
  lists: () => [...componentKeys.all(), 'list'] as const,
  versions: (name: string) => [...componentKeys.all(), 'versions', name] as const,
};

const listLimit = 500;

/** The newest version of each component. */
export const componentsQuery = () =>
  queryOptions({
    queryKey: componentKeys.lists(),
    queryFn: async ({ signal }) =>
      (await request(withQuery('/api/components', { limit: listLimit }), pageOf(RegisteredComponent), { signal })).items,
    staleTime: 60_000,
  });

export const componentVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: componentKeys.versions(name),
    queryFn: async ({ signal }) => (await request(apiPath('components', name), pageOf(RegisteredComponent), { signal })).items,
  });
