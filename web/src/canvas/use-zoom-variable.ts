import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';

const step = 0.02;

/**
 * Writes the zoom into `--pw-zoom`, for what must keep its size on the screen when seen from afar. Past the React tree
 * and in coarse steps: a zoom must not render nodes, and rarely restyle them.
 */
export function useZoomVariable(): void {
  const api = useStoreApi();
  useEffect(() => {
    let written = Number.NaN;
    const write = (): void => {
      const { domNode, transform } = api.getState();
      const zoom = Math.max(step, Math.round(transform[2] / step) * step);
      // Nearer than this nothing reads it.
      const needed = Math.min(zoom, 0.44);
      if (!domNode || needed === written) return;
      written = needed;
      domNode.style.setProperty('--pw-zoom', String(needed));
    };
    write();
    return api.subscribe(write);
  }, [api]);
}
