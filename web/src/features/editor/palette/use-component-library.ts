import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { componentsQuery, newestComponents } from '../../../api/components.ts';
import { useEditor } from '../store/editor-context.tsx';

const none: readonly RegisteredComponent[] = [];

interface ComponentLibrary {
  readonly components: readonly RegisteredComponent[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The components that can be added, each in its newest version; the editor learns their interfaces, so that a new step is drawn at once. */
export function useComponentLibrary(): ComponentLibrary {
  const { store } = useEditor();
  const { data, isPending, error, refetch } = useQuery(componentsQuery());
  useEffect(() => {
    if (data) store.getState().learnComponents(Object.fromEntries(data.map(({ reference, component }) => [reference, component])));
  }, [store, data]);
  const newest = useMemo(() => (data ? onlyNewest(data) : none), [data]);
  return { components: newest, isLoading: isPending, error, retry: () => void refetch() };
}

/** Of each component the newest version, in the order in which they come. */
function onlyNewest(components: readonly RegisteredComponent[]): RegisteredComponent[] {
  const newest = new Set(newestComponents(components));
  return components.filter((component) => newest.has(component));
}
