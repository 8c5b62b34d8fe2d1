import { useCallback } from 'react';
import { useQueryParam } from '../../../ui/page/use-query-param.ts';

interface RunDialogControl {
  readonly isOpen: boolean;
  /** It was opened to run everything anew. */
  readonly isForced: boolean;
  readonly open: (options: { readonly force: boolean }) => void;
  readonly close: () => void;
}

/** The run dialog stands in the address (`?run`), so that a link can lead to it. */
export function useRunDialog(): RunDialogControl {
  const [value, set] = useQueryParam('run');
  const open = useCallback(({ force }: { readonly force: boolean }) => set(force ? 'forced' : 'plan'), [set]);
  const close = useCallback(() => set(''), [set]);
  return { isOpen: value !== '', isForced: value === 'forced', open, close };
}
