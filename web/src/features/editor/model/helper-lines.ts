import type { Box, Point } from '../../../canvas/geometry.ts';

/** A line along which what is dragged stands in one line with others, on the paper. */
export interface HelperLine {
  readonly axis: 'x' | 'y';
  /** Where it crosses that axis. */
  readonly at: number;
  /** How far it reaches along the other axis. */
  readonly from: number;
  readonly to: number;
}

interface Span {
  readonly at: number;
  from: number;
  to: number;
}

/** Along one axis: middles align with middles, edges with edges. */
interface Spans {
  readonly middles: readonly Span[];
  readonly edges: readonly Span[];
}

/** What there is to align with: worked out once, when a drag begins. */
export interface AlignmentIndex {
  readonly x: Spans;
  readonly y: Spans;
}

/** Edges and centres of what stands still. */
export function indexAlignments(boxes: readonly Box[]): AlignmentIndex {
  return {
    x: indexAxis(boxes.map(({ x, y, width, height }) => ({ start: x, size: width, from: y, to: y + height }))),
    y: indexAxis(boxes.map(({ x, y, width, height }) => ({ start: y, size: height, from: x, to: x + width }))),
  };
}

interface Extent extends Omit<Span, 'at'> {
  readonly start: number;
  readonly size: number;
}

function indexAxis(extents: readonly Extent[]): Spans {
  const [middles, edges] = [new Map<number, Span>(), new Map<number, Span>()];
  for (const { start, size, ...extent } of extents) {
    widen(middles, start + size / 2, extent);
    widen(edges, start, extent);
    widen(edges, start + size, extent);
  }
  const sorted = (spans: Map<number, Span>): Span[] => [...spans.values()].toSorted((one, other) => one.at - other.at);
  return { middles: sorted(middles), edges: sorted(edges) };
}

function widen(spans: Map<number, Span>, at: number, { from, to }: Omit<Span, 'at'>): void {
  const known = spans.get(at);
  if (known) {
    known.from = Math.min(known.from, from);
    known.to = Math.max(known.to, to);
  } else spans.set(at, { at, from, to });
}

interface Alignment {
  /** By how much the box has to move to be in line; null: nothing is near enough on that axis. */
  readonly dx: number | null;
  readonly dy: number | null;
  readonly lines: readonly HelperLine[];
}

/** The nearest alignment on each axis within a distance. O(log n), so that it costs nothing at a move. */
export function alignTo(index: AlignmentIndex, box: Box, within: number): Alignment {
  const [x, y] = [nearest(index.x, box.x, { size: box.width, within }), nearest(index.y, box.y, { size: box.height, within })];
  const moved: Point = { x: box.x + (x?.by ?? 0), y: box.y + (y?.by ?? 0) };
  const lines: HelperLine[] = [];
  if (x) lines.push({ axis: 'x', at: x.span.at, from: Math.min(x.span.from, moved.y), to: Math.max(x.span.to, moved.y + box.height) });
  if (y) lines.push({ axis: 'y', at: y.span.at, from: Math.min(y.span.from, moved.x), to: Math.max(y.span.to, moved.x + box.width) });
  return { dx: x?.by ?? null, dy: y?.by ?? null, lines };
}

interface Found {
  readonly span: Span;
  readonly by: number;
}

/** The middle first: of two things of one size everything is in line, and one line says it. */
function nearest({ middles, edges }: Spans, start: number, { size, within }: { readonly size: number; readonly within: number }): Found | null {
  const found = [nearestTo(middles, start + size / 2), nearestTo(edges, start), nearestTo(edges, start + size)];
  let best: Found | null = null;
  for (const one of found) if (one && Math.abs(one.by) <= within && (best === null || Math.abs(one.by) < Math.abs(best.by))) best = one;
  return best;
}

function nearestTo(spans: readonly Span[], mark: number): Found | null {
  const after = firstFrom(spans, mark);
  const [below, above] = [spans[after - 1], spans[after]];
  const span = !below || (above && above.at - mark < mark - below.at) ? above : below;
  return span ? { span, by: span.at - mark } : null;
}

function firstFrom(spans: readonly Span[], at: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
