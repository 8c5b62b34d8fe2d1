import type { DraftInside } from '@pipewright/shared/http/drafts.ts';
import type { InnerGraph } from '../../canvas/unfold.ts';

const graphs = new WeakMap<DraftInside, InnerGraph>();

/** A pipeline inside a draft as it is drawn; the same graph for the same answer of the server. */
export function innerGraphOf(inside: DraftInside): InnerGraph {
  const known = graphs.get(inside);
  if (known) return known;
  const graph = { content: { document: inside.document, layout: inside.layout }, components: inside.components };
  graphs.set(inside, graph);
  return graph;
}
