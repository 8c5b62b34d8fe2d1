import { useCallback } from 'react';
import { useQueryParam } from '../ui/page/use-query-param.ts';
import { usePreferences } from '../ui/preferences.ts';

/** The output that `?preview=step.port` names. */
export interface PreviewTarget {
  readonly step: string;
  readonly port: string;
}

/** Keys of steps hold no dot; names of ports may. */
export function parsePreviewTarget(text: string): PreviewTarget | null {
  const dot = text.indexOf('.');
  return dot > 0 && dot < text.length - 1 ? { step: text.slice(0, dot), port: text.slice(dot + 1) } : null;
}

interface PreviewControl {
  readonly target: PreviewTarget | null;
  readonly open: (target: PreviewTarget) => void;
  readonly close: () => void;
}

/** What is previewed on this page, kept in the address. */
export function usePreviewTarget(): PreviewControl {
  const [text, set] = useQueryParam('preview');
  const takeFirstStep = usePreferences((state) => state.takeFirstStep);
  const open = useCallback(
    ({ step, port }: PreviewTarget) => {
      takeFirstStep('preview');
      set(`${step}.${port}`);
    },
    [set, takeFirstStep],
  );
  const close = useCallback(() => set(''), [set]);
  return { target: parsePreviewTarget(text), open, close };
}
