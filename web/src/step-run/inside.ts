import type { InnerGraph } from '../canvas/unfold.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';

/** The graph that is looked at: the run's own (`''`), or that of a pipeline inside it by its key (`outer/inner`). */
export interface GraphInside {
  readonly key: string;
  readonly content: DraftContent;
  readonly components: ComponentLookup;
}

export function graphInside({ document, layout, components, nested }: RunSnapshot, key: string): GraphInside {
  const inner = nested?.[key];
  if (!inner) return { key: '', content: { document, layout }, components };
  return { key, content: { document: inner.document, layout: inner.layout }, components: inner.components };
}

/** The pipeline that a step is in: the longest key of one before its own. */
export function insideOf({ nested }: RunSnapshot, step: string): string {
  const parts = step.split('/').slice(0, -1);
  for (let count = parts.length; count > 0; count -= 1) {
    const key = parts.slice(0, count).join('/');
    if (nested && Object.hasOwn(nested, key)) return key;
  }
  return '';
}

/** The pipelines on the way down to one, outermost first, with their titles. */
export function wayTo({ nested }: RunSnapshot, key: string): { readonly key: string; readonly title: string }[] {
  const parts = key === '' ? [] : key.split('/');
  return parts.flatMap((_, index) => {
    const upTo = parts.slice(0, index + 1).join('/');
    const inner = nested?.[upTo];
    return inner ? [{ key: upTo, title: inner.displayName }] : [];
  });
}

/** The pipelines that lie unfolded in a graph, by their keys in it, with their own graphs. */
export function unfoldedIn({ nested }: RunSnapshot, inside: string, keys: readonly string[]): ReadonlyMap<string, InnerGraph> {
  const prefix = inside === '' ? '' : `${inside}/`;
  return new Map(
    keys.flatMap((key): [string, InnerGraph][] => {
      const inner = key.startsWith(prefix) ? nested?.[key] : undefined;
      return inner ? [[key.slice(prefix.length), { content: { document: inner.document, layout: inner.layout }, components: inner.components }]] : [];
    }),
  );
}

/** The graph in which a step is seen: that of the pipeline it is in, or the one around it in which that lies unfolded. */
export function graphOfStep(snapshot: RunSnapshot, step: string, unfolded: readonly string[]): string {
  const inside = insideOf(snapshot, step);
  return inside !== '' && unfolded.includes(inside) ? graphOfStep(snapshot, inside, unfolded) : inside;
}
