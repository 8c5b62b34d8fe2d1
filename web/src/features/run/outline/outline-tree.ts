import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { itemNounIn, itemTitle } from '../../../canvas/item-noun.ts';
import { graphStepOf, stepOfKey, titleInRun } from '../../../step-run/step-of-key.ts';
import { insideOf, wayTo } from '../../../step-run/inside.ts';

export interface OutlineLine {
  readonly key: string;
  /** Its own name: what it is in stands above it. */
  readonly title: string;
  /** How many pipelines and loops it is in. */
  readonly depth: number;
  /** A pipeline inside the run, whose steps follow. */
  readonly isPipeline: boolean;
}

/** The steps of a run under the pipelines that they are in, each pipeline where the first of its steps would stand. */
export function outlineTree(snapshot: RunSnapshot, keys: readonly string[]): OutlineLine[] {
  return linesAt(
    keys.map((key) => ({ key, way: wayTo(snapshot, insideOf(snapshot, graphStepOf(snapshot, key))) })),
    { snapshot, depth: 0 },
  );
}

/** What a step is called where it stands: `Item 2` below its loop, `Trial 2` below its sweep. */
function ownTitle(snapshot: RunSnapshot, key: string): string {
  const loop = graphStepOf(snapshot, key);
  if (loop === key) return stepOfKey(snapshot, key)?.displayName ?? key;
  return itemTitle(itemNounIn(snapshot.steps[loop]?.control), key);
}

/**
 * The steps that are wanted and whose names answer to a text: the name that stands in the list, or that with everything
 * around it. What is an item or a trial brings its loop along, so that it is seen of which.
 */
export function answersTo(snapshot: RunSnapshot, keys: readonly string[], { text, isWanted }: Filter): string[] {
  const wanted = text.trim().toLowerCase();
  const isNamed = (key: string): boolean => [titleInRun(snapshot, key), ownTitle(snapshot, key)].some((title) => title.toLowerCase().includes(wanted));
  const found = new Set(keys.filter((key) => isWanted(key) && isNamed(key)));
  const loops = new Set([...found].map((key) => graphStepOf(snapshot, key)));
  return keys.filter((key) => found.has(key) || loops.has(key));
}

interface Filter {
  readonly text: string;
  readonly isWanted: (key: string) => boolean;
}

interface Placed {
  readonly key: string;
  /** The pipelines around it, outermost first. */
  readonly way: readonly { readonly key: string; readonly title: string }[];
}

function linesAt(steps: readonly Placed[], { snapshot, depth }: { readonly snapshot: RunSnapshot; readonly depth: number }): OutlineLine[] {
  const inside = Map.groupBy(steps, ({ way }) => way[depth]?.key);
  const begun = new Set<string>();
  return steps.flatMap(({ key, way }): OutlineLine[] => {
    const around = way[depth];
    if (!around) {
      const isPart = graphStepOf(snapshot, key) !== key;
      return [{ key, title: ownTitle(snapshot, key), depth: isPart ? depth + 1 : depth, isPipeline: false }];
    }
    if (begun.has(around.key)) return [];
    begun.add(around.key);
    const line = { key: around.key, title: around.title, depth, isPipeline: true };
    return [line, ...linesAt(inside.get(around.key) ?? [], { snapshot, depth: depth + 1 })];
  });
}
