import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { itemNounIn, itemTitles } from '../../../canvas/item-noun.ts';
import { graphStepOf, stepOfKey } from '../../../step-run/step-of-key.ts';
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
      const loop = graphStepOf(snapshot, key);
      if (loop === key) return [{ key, title: stepOfKey(snapshot, key)?.displayName ?? key, depth, isPipeline: false }];
      const noun = itemTitles[itemNounIn(snapshot.steps[loop]?.control)];
      return [{ key, title: `${noun} ${key.slice(loop.length + 1)}`, depth: depth + 1, isPipeline: false }];
    }
    if (begun.has(around.key)) return [];
    begun.add(around.key);
    const line = { key: around.key, title: around.title, depth, isPipeline: true };
    return [line, ...linesAt(inside.get(around.key) ?? [], { snapshot, depth: depth + 1 })];
  });
}
