import { isPart, type PartOfRun } from '@pipewright/shared/run/run-part.ts';
import { useCallback, useMemo } from 'react';
import { useQueryParam } from '../../../ui/page/use-query-param.ts';
import { partInAddress, readPartInAddress } from '../model/part-in-address.ts';

interface RunDialogControl {
  readonly isOpen: boolean;
  /** It was opened to run everything anew. */
  readonly isForced: boolean;
  /** The part of the pipeline that it was opened for; empty: all of it. */
  readonly part: PartOfRun;
  readonly open: (options: { readonly force?: boolean; readonly part?: PartOfRun }) => void;
  readonly close: () => void;
}

/** The run dialog stands in the address (`?run`), so that a link can lead to it. */
export function useRunDialog(): RunDialogControl {
  const [value, set] = useQueryParam('run');
  const open = useCallback<RunDialogControl['open']>(
    ({ force = false, part = {} }) => set(isPart(part) ? partInAddress(part) : force ? 'forced' : 'plan'),
    [set],
  );
  const close = useCallback(() => set(''), [set]);
  const part = useMemo(() => readPartInAddress(value), [value]);
  return { isOpen: value !== '', isForced: value === 'forced', part, open, close };
}
