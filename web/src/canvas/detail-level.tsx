import { useStoreApi } from '@xyflow/react';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

/** How much of a node is drawn, by zoom. */
export type DetailLevel = 'full' | 'title' | 'outline' | 'block';

/** Seen so, steps have no ports, and edges are lines that take no pointer. */
export const isFarLevel = (level: DetailLevel): boolean => level === 'outline' || level === 'block';

const thresholds = [
  { above: 0.75, level: 'full' },
  { above: 0.4, level: 'title' },
  { above: 0.2, level: 'outline' },
] as const satisfies readonly { readonly above: number; readonly level: DetailLevel }[];
const hysteresis = 0.02;

/** A level is left only when the zoom is clearly past its threshold, so that a trembling zoom does not flicker. */
export function levelAt(zoom: number, current: DetailLevel | null): DetailLevel {
  const plain = plainLevel(zoom);
  if (current === null || plain === current) return plain;
  const isUp = rank(plain) < rank(current);
  const nudged = plainLevel(isUp ? zoom - hysteresis : zoom + hysteresis);
  const isClearlyPast = isUp ? rank(nudged) < rank(current) : rank(nudged) > rank(current);
  return isClearlyPast ? nudged : current;
}

const plainLevel = (zoom: number): DetailLevel => thresholds.find(({ above }) => zoom >= above)?.level ?? 'block';
const levels: readonly DetailLevel[] = ['full', 'title', 'outline', 'block'];
const rank = (level: DetailLevel): number => levels.indexOf(level);

const DetailContext = createContext<DetailLevel>('full');
export const useDetailLevel = (): DetailLevel => useContext(DetailContext);

interface DetailLevelProviderProps {
  /** The zoom at which the canvas opens: nothing is drawn in more detail than it will be seen. */
  readonly openingZoom: number;
  readonly children: ReactNode;
}

/** One subscription to the zoom for the whole canvas; it renders only when a threshold is crossed. */
export function DetailLevelProvider({ openingZoom, children }: DetailLevelProviderProps) {
  const api = useStoreApi();
  const [level, setLevel] = useState(() => levelAt(openingZoom, null));
  useEffect(() => {
    let current = levelAt(openingZoom, null);
    return api.subscribe(({ transform, panZoom }) => {
      // Before the canvas has its zoom, the store holds a default that nobody sees.
      if (!panZoom) return;
      const next = levelAt(transform[2], current);
      if (next === current) return;
      current = next;
      setLevel(next);
    });
  }, [api, openingZoom]);
  return <DetailContext value={level}>{children}</DetailContext>;
}
