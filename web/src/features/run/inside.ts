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
