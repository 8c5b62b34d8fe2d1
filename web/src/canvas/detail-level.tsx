import { useStore } from '@xyflow/react';
import { createContext, type ReactNode, useContext, useRef } from 'react';

/** How much of a node is drawn, by zoom. */
export type DetailLevel = 'full' | 'title' | 'outline' | 'block';

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

/** One subscription to the zoom for the whole canvas; it renders only when a threshold is crossed. */
export function DetailLevelProvider({ children, fixed }: { readonly children: ReactNode; readonly fixed?: DetailLevel | undefined }) {
  const current = useRef<DetailLevel | null>(null);
  const level = useStore((state) => {
    current.current = levelAt(state.transform[2], current.current);
    return current.current;
  });
  return <DetailContext value={fixed ?? level}>{children}</DetailContext>;
}
