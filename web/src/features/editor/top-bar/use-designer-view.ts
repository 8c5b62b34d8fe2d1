import { useCallback } from 'react';
import { useQueryParam } from '../../../ui/page/use-query-param.ts';

const names = ['design', 'runs', 'yaml'] as const;
export type DesignerView = (typeof names)[number];

export const isDesignerView = (text: string): text is DesignerView => names.some((name) => name === text);

/** Which look at the draft is open; kept in the address. */
export function useDesignerView(): readonly [DesignerView, (view: DesignerView) => void] {
  const [text, set] = useQueryParam('view');
  const open = useCallback((view: DesignerView) => set(view === 'design' ? '' : view), [set]);
  return [isDesignerView(text) ? text : 'design', open];
}
