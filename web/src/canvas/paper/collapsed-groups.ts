import type { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { z } from 'zod';
import { readStored, type StoredPlace, writeStored } from '../../ui/stored.ts';

/**
 * Which groups of a draft, or of a run, this browser shows as one box: how a person looks at it, and no part of it. Only
 * what somebody said is kept; otherwise the group itself says how it lies.
 */
const Collapsed = z.record(z.string(), z.record(z.string(), z.boolean()));
const place: StoredPlace<z.infer<typeof Collapsed>> = { key: 'pipewright.collapsed-groups', of: 'browser', schema: Collapsed, empty: {} };
/** Of so many drafts and runs it is remembered; the one changed longest ago is forgotten first. */
const mostGraphs = 120;

export function readCollapsed(graph: string, groups: Layout['groups']): ReadonlySet<string> {
  const said = readStored(place)[graph] ?? {};
  return new Set(Object.entries(groups).flatMap(([id, { collapsed = false }]) => ((said[id] ?? collapsed) ? [id] : [])));
}

export function writeCollapsed(graph: string, said: Readonly<Record<string, boolean>>): void {
  const { [graph]: before, ...others } = readStored(place);
  const graphs = [...Object.entries(others), [graph, { ...before, ...said }] as const].slice(-mostGraphs);
  // Where it is not kept, it lasts as long as the page.
  writeStored(place, Object.fromEntries(graphs));
}
