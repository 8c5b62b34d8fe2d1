import type { RunSummary } from '@pipewright/shared/run/run.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { recentRunsQuery, runsQuery } from '../../../api/runs.ts';
import { formatAgo } from '../../../ui/format/moment.ts';
import { useSlowNow } from '../../../ui/format/use-now.ts';

interface EarlierRuns {
  readonly isPending: boolean;
  /** The newest of this draft that something came of; null: there is none. */
  readonly likeliest: string | null;
  /** As a select shows them. */
  readonly groups: readonly { readonly group: string; readonly items: readonly { readonly value: string; readonly label: string }[] }[];
}

/** Runs that values can be taken from: those of the draft before others. */
export function useEarlierRuns(draft: string): EarlierRuns {
  const own = useInfiniteQuery(runsQuery({ draft }));
  const recent = useQuery(recentRunsQuery());
  const now = useSlowNow();
  const ofDraft = (own.data?.pages ?? []).flatMap(({ items }) => items).filter(hasResults);
  const others = (recent.data ?? []).filter((run) => hasResults(run) && run.origin.kind !== 'test' && !ofDraft.some(({ id }) => id === run.id));
  const itemOf = ({ id, name, queuedAt }: RunSummary) => ({ value: id, label: `Run ${id} · ${name} · ${formatAgo(queuedAt, now)}` });
  return {
    isPending: own.isPending,
    likeliest: ofDraft[0]?.id ?? null,
    groups: [
      { group: 'Of this draft', items: ofDraft.map(itemOf) },
      { group: 'Other runs', items: others.map(itemOf) },
    ].filter(({ items }) => items.length > 0),
  };
}

const hasResults = ({ counts }: RunSummary): boolean => (counts.completed ?? 0) + (counts.reused ?? 0) > 0;
