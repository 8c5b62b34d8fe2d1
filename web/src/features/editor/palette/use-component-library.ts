import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { componentsQuery } from '../../../api/components.ts';
import { useEditor } from '../store/editor-context.tsx';

const none: readonly RegisteredComponent[] = [];

interface ComponentLibrary {
  readonly components: readonly RegisteredComponent[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The components that can be added; the editor learns their interfaces, so that a new step is drawn at once. */
export function useComponentLibrary(): ComponentLibrary {
  const { store } = useEditor();
  const { data, isPending, error, refetch } = useQuery(componentsQuery());
  useEffect(() => {
    if (data) store.getState().learnComponents(Object.fromEntries(data.map(({ reference, component }) => [reference, component])));
  }, [store, data]);
  return { components: data ?? none, isLoading: isPending, error, retry: () => void refetch() };
}
