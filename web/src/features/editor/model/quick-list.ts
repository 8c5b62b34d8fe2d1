import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { matchScore } from './search-by.ts';
import { searchableOf } from './search-components.ts';

/** One way in which a component can be used here: plain, or connected by one of its ports. */
export interface Use {
  readonly id: string;
  readonly item: RegisteredComponent;
  /** The port that takes the wire, as people call it; null: none. */
  readonly via: string | null;
  readonly ports: { readonly input: string | null; readonly output: string | null };
  /** Another way to use the one above it. */
  readonly isOther: boolean;
  readonly rank: number;
}

/** What stands in the list, and under which head. */
export interface UseGroup {
  readonly kind: 'pinned' | 'recent' | 'rest' | 'unfit';
  readonly uses: readonly Use[];
}

export interface QuickList {
  readonly groups: readonly UseGroup[];
  /** Uses that are not shown, because there are too many. */
  readonly left: number;
}

interface Wanted {
  readonly query: string;
  /** In the order of the library; each component's best use first. */
  readonly usesOf: (item: RegisteredComponent) => readonly Use[];
  readonly components: readonly RegisteredComponent[];
  /** By name. */
  readonly pinned: readonly string[];
  /** By reference, the newest first. */
  readonly recent: readonly string[];
}

const mostShown = 50;
const mostUnfit = 8;
/** A pin counts as much as two letters of a title that is met halfway. */
const pinBonus = 6;

/**
 * What the quick add lists: without a query the pinned, then the recent, then the others, the best fit first; with one
 * whatever answers to it, the best first. What does not fit is only found by its name, and comes last.
 */
export function listUses(wanted: Wanted): QuickList {
  return wanted.query.trim() === '' ? listAll(wanted) : listFound(wanted);
}

function listAll({ components, usesOf, pinned, recent }: Wanted): QuickList {
  const byName = new Map(components.map((item) => [item.name, item]));
  const byReference = new Map(components.map((item) => [item.reference, item]));
  const first = pinned.flatMap((name) => byName.get(name) ?? []);
  const isPinned = new Set(first);
  const second = recent.flatMap((reference) => byReference.get(reference) ?? []).filter((item) => !isPinned.has(item));
  const isAbove = new Set([...first, ...second]);
  const others = components.filter((item) => !isAbove.has(item)).map(usesOf);
  const rest = others.toSorted((a, b) => (b[0]?.rank ?? 0) - (a[0]?.rank ?? 0)).flat();
  return capped([
    { kind: 'pinned', uses: first.flatMap(usesOf) },
    { kind: 'recent', uses: second.flatMap(usesOf) },
    { kind: 'rest', uses: rest },
  ]);
}

function listFound({ query, components, usesOf, pinned }: Wanted): QuickList {
  const isPinned = new Set(pinned);
  const found = components.flatMap((item) => {
    const score = matchScore(query, searchableOf(item));
    return score === 0 ? [] : [{ item, score: score + (isPinned.has(item.name) ? pinBonus : 0), uses: usesOf(item) }];
  });
  const ordered = found.toSorted((a, b) => b.score - a.score || (b.uses[0]?.rank ?? 0) - (a.uses[0]?.rank ?? 0));
  const unfit = ordered.filter(({ uses }) => uses.length === 0).slice(0, mostUnfit);
  return capped([
    { kind: 'rest', uses: ordered.flatMap(({ uses }) => uses) },
    { kind: 'unfit', uses: unfit.map(({ item }) => plainUse(item)) },
  ]);
}

export const plainUse = (item: RegisteredComponent): Use => ({
  id: item.reference,
  item,
  via: null,
  ports: { input: null, output: null },
  isOther: false,
  rank: 0,
});

function capped(groups: readonly UseGroup[]): QuickList {
  let room = mostShown;
  let left = 0;
  const shown = groups.map(({ kind, uses }) => {
    const taken = uses.slice(0, room);
    room -= taken.length;
    left += uses.length - taken.length;
    return { kind, uses: taken };
  });
  return { groups: shown.filter(({ uses }) => uses.length > 0), left };
}
