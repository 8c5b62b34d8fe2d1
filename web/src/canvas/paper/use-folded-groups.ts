import type { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { useState } from 'react';
import { readCollapsed, writeCollapsed } from './collapsed-groups.ts';

export interface FoldedGroups {
  readonly folded: ReadonlySet<string>;
  readonly setFolded: (group: string, isFolded: boolean) => void;
}

interface Looked {
  /** Under which name it is kept; null: it lasts as long as the graph is shown. */
  readonly name: string | null;
  readonly groups: Layout['groups'];
  /** The step that is selected, which no box may hide from who comes to it. */
  readonly selectedStep: string | null;
}

/** Which groups lie as one box in a graph that is only looked at. */
export function useFoldedGroups({ name, groups, selectedStep }: Looked): FoldedGroups {
  const [folded, setAll] = useState(() => readCollapsed(name ?? '', groups));
  const [kept, setKept] = useState(name);
  const [shown, setShown] = useState<string | null>(null);
  const setFolded = (group: string, isFolded: boolean): void => {
    if (name !== null) writeCollapsed(name, { [group]: isFolded });
    setAll((before) => (isFolded ? before.union(new Set([group])) : before.difference(new Set([group]))));
  };
  if (name !== kept) {
    setKept(name);
    setAll(readCollapsed(name ?? '', groups));
  }
  if (selectedStep !== shown) {
    setShown(selectedStep);
    const [root = ''] = (selectedStep ?? '').split('/');
    const hiding = [...folded].filter((id) => groups[id]?.steps.includes(root));
    if (hiding.length > 0) setAll(folded.difference(new Set(hiding)));
  }
  return { folded, setFolded };
}
