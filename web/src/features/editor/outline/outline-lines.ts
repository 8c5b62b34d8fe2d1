import { topologicalOrder } from '@pipewright/shared/graph/topological-order.ts';
import type { Layout } from '@pipewright/shared/pipeline/layout.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { titleOfNote } from '../paper/note-ops.ts';

/** A graph of which the outline tells: the draft, or a pipeline in it. */
export interface OutlinedGraph {
  readonly document: Pipeline;
  readonly layout: Layout;
  readonly titleOf: (key: string) => string;
  readonly isPipeline: (key: string) => boolean;
}

/** A line of the outline. */
export interface OutlineLine {
  /** A step by its key (`outer/inner`), a group as `group ID`, a note as `note ID`; all notes together as `all notes`. */
  readonly id: string;
  readonly kind: 'step' | 'group' | 'note' | 'notes';
  readonly title: string;
  readonly level: number;
  /** Null: there is nothing in it. */
  readonly isExpanded: boolean | null;
  readonly parent: string | null;
  /** From 1, among its siblings. */
  readonly place: number;
  readonly siblings: number;
  /** Of a group: its steps. */
  readonly steps: readonly string[];
}

export interface OutlineView {
  /** What lies open. */
  readonly expanded: ReadonlySet<string>;
  readonly filter: string;
  /** The graphs of the pipelines that lie open, as far as they are known, by the keys of their steps. */
  readonly inside: ReadonlyMap<string, OutlinedGraph>;
}

/**
 * The steps of a pipeline in the order in which they run, those of a group together where its first one stands, pipelines
 * with their own steps below them. A filter leaves what answers it, and what that lies in.
 */
export function outlineLines(graph: OutlinedGraph, view: OutlineView): OutlineLine[] {
  const nodes = [...nodesOf(graph, '', view), ...notesOf(graph)];
  return linesOf(view.filter.trim() === '' ? nodes : answering(nodes, view.filter.trim().toLowerCase()), { level: 1, parent: null, view });
}

interface OutlineNode {
  readonly id: string;
  readonly kind: OutlineLine['kind'];
  readonly title: string;
  readonly steps: readonly string[];
  /** Null: it cannot hold any. */
  readonly children: readonly OutlineNode[] | null;
}

function nodesOf(graph: OutlinedGraph, prefix: string, view: OutlineView): OutlineNode[] {
  const { document, layout } = graph;
  const ordered = topologicalOrder(document);
  const known = new Set(ordered);
  const keys = [...ordered, ...Object.keys(document.jobs).filter((key) => !known.has(key))];
  const groupOf = new Map(Object.entries(layout.groups).flatMap(([id, { steps }]) => steps.map((key) => [key, id] as const)));
  const stepNode = (key: string): OutlineNode => {
    const id = `${prefix}${key}`;
    const inside = view.inside.get(id);
    const children = graph.isPipeline(key) ? (inside ? nodesOf(inside, `${id}/`, view) : []) : null;
    return { id, kind: 'step', title: graph.titleOf(key), steps: [], children };
  };
  const told = new Set<string>();
  return keys.flatMap((key): OutlineNode[] => {
    const group = groupOf.get(key);
    if (group === undefined) return [stepNode(key)];
    if (told.has(group)) return [];
    told.add(group);
    const members = keys.filter((other) => groupOf.get(other) === group);
    const title = layout.groups[group]?.title ?? '';
    const steps = members.map((member) => `${prefix}${member}`);
    return [{ id: `group ${prefix}${group}`, kind: 'group', title: title === '' ? 'Group' : title, steps, children: members.map(stepNode) }];
  });
}

export const allNotes = 'all notes';

/** After the steps, from top to bottom. */
function notesOf({ layout }: OutlinedGraph): OutlineNode[] {
  const notes = Object.entries(layout.notes).toSorted(([, a], [, b]) => a.y - b.y || a.x - b.x);
  if (notes.length === 0) return [];
  const children = notes.map(([id, note]): OutlineNode => ({ id: `note ${id}`, kind: 'note', title: titleOfNote(note), steps: [], children: null }));
  return [{ id: allNotes, kind: 'notes', title: 'Notes', steps: [], children }];
}

function answering(nodes: readonly OutlineNode[], filter: string): OutlineNode[] {
  return nodes.flatMap((node): OutlineNode[] => {
    const isAnswer = `${node.title} ${node.id}`.toLowerCase().includes(filter);
    const children = node.children && answering(node.children, filter);
    if (children && children.length > 0) return [{ ...node, children }];
    return isAnswer ? [node] : [];
  });
}

interface Branch {
  readonly level: number;
  readonly parent: string | null;
  readonly view: OutlineView;
}

function linesOf(nodes: readonly OutlineNode[], { level, parent, view }: Branch): OutlineLine[] {
  return nodes.flatMap((node, index) => {
    const { id, kind, title, steps, children } = node;
    const isFound = view.filter.trim() !== '' && children !== null && children.length > 0;
    const isExpanded = children === null ? null : isFound || view.expanded.has(id);
    const line: OutlineLine = { id, kind, title, steps, level, parent, isExpanded, place: index + 1, siblings: nodes.length };
    return [line, ...(children && isExpanded ? linesOf(children, { level: level + 1, parent: id, view }) : [])];
  });
}
