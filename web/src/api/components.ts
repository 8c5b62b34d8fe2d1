import { type RegisterComponent, RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { type ComponentVersion, Draft } from '@pipewright/shared/http/drafts.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiPath, request, withQuery } from './request.ts';

const componentKeys = {
  all: () => ['components'] as const,
  lists: () => [...componentKeys.all(), 'list'] as const,
};

/** Every version of every component; `newestComponents` picks what a palette shows. */
export const componentsQuery = (archived: 'exclude' | 'include' = 'exclude') =>
  queryOptions({
    queryKey: [...componentKeys.lists(), archived],
    queryFn: async ({ signal }) => (await request(withQuery('/api/components', { archived }), pageOf(RegisteredComponent), { signal })).items,
    staleTime: 60_000,
  });

/** The newest version of each component, by title. */
export function newestComponents(components: readonly RegisteredComponent[]): RegisteredComponent[] {
  const newest = new Map<string, RegisteredComponent>();
  for (const component of components) {
    const known = newest.get(component.name);
    if (!known || compareVersions(component, known) > 0) newest.set(component.name, component);
  }
  return [...newest.values()].toSorted((a, b) => titleOfComponent(a).localeCompare(titleOfComponent(b)));
}

/** By the time of registration; of one moment, by the numbers in the version. */
export function compareVersions(a: RegisteredComponent, b: RegisteredComponent): number {
  return a.createdAt.localeCompare(b.createdAt) || a.version.localeCompare(b.version, undefined, { numeric: true });
}

export const titleOfComponent = ({ name, component }: RegisteredComponent): string => component.display_name ?? name;

/** Another component is registered: the lists are asked for again. */
export function useForgetComponents(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: componentKeys.all() });
    await client.invalidateQueries({ queryKey: ['assets', 'components'] });
  };
}

/** A component that was made in the designer. */
export function useRegisterComponent() {
  const forget = useForgetComponents();
  return useMutation({
    mutationFn: (body: RegisterComponent) => request('/api/components', RegisteredComponent, { method: 'POST', body }),
    onSuccess: forget,
  });
}

/** Opens a pipeline component as a draft, which becomes its next version. */
export const openToEdit = async ({ name, version }: ComponentVersion): Promise<Draft> =>
  await request(apiPath('components', name, version, 'edit'), Draft, { method: 'POST' });
