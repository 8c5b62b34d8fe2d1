import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { changedValues } from '@pipewright/shared/graph/changed-values.ts';
import { edgeId, type Edge } from '@pipewright/shared/graph/edges-of.ts';
import { type Aside, setAside } from '@pipewright/shared/graph/set-aside.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { isBypassed, isDisabled } from '@pipewright/shared/pipeline/step-aside.ts';
import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react';
import { blocksAround, type ControlLink, controlLinks } from './control-links.ts';
import { nodeSize, type Size } from './geometry.ts';
import { handlesOf, slotIdOf } from './port-slots.ts';
import { positionsOf } from './positions-of.ts';
import type { StepAside, StepView } from './step-view.ts';
import { ViewMemory, type ViewScope } from './view-memory.ts';

/** A group that lies collapsed. */
export interface GroupBox {
  readonly id: string;
  readonly title: string;
  readonly color: string | undefined;
  readonly steps: readonly string[];
}

/** `frame`: its size, where the pipeline that the step is lies unfolded in it; `box`: no step, but a group of them as one. */
export type StepNode = FlowNode<{ readonly view: StepView; readonly frame?: Size; readonly box?: GroupBox }, 'step'>;
/** `passes`: it leads from the frame of an unfolded pipeline to a step in it, or back; there is no edge of the document behind it. */
/** `difference`: of two contents that are compared it is in one only. */
export type StepEdge = FlowEdge<
  { readonly edge: Edge | null; readonly isBroken: boolean; readonly passes?: 'in' | 'out'; readonly difference?: 'added' | 'removed' },
  'step'
>;

export interface FlowGraph {
  readonly nodes: StepNode[];
  readonly edges: StepEdge[];
  readonly controls: readonly ControlLink[];
}

/** The graph of one document. */
export interface DrawnGraph extends FlowGraph {
  /** Of its steps, by the words of now: what a node holds may be older by its subtitle, which is read apart (`StepFacts.subtitle`). */
  readonly views: readonly StepView[];
}

export interface FlowInput {
  readonly content: DraftContent;
  readonly components: ComponentLookup;
  readonly selectedSteps: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  readonly areScalarsShown: boolean;
}

/**
 * Turns a draft into what React Flow draws. It remembers what it gave out and gives the same object again for what has
 * not changed: React Flow adopts, and React renders, only what is new. `prefix` stands before the keys of a pipeline that
 * lies inside another (`outer/`): it is looked at, not edited.
 */
export function createFlowMapper(prefix = ''): (input: FlowInput) => DrawnGraph {
  const memory: Memory = { prefix, drawn: null, views: new ViewMemory(prefix), nodes: new Map(), edges: new Map() };
  let nodes: StepNode[] = [];
  return (input) => {
    const positions = positionsOf(input.content);
    const { views, flowEdges: edges, controls } = drawnAlready(memory, input) ?? drawAnew(memory, input);
    const now = views.map(({ key }) =>
      rememberedNode(memory, key, { position: positions[key.slice(prefix.length)] ?? origin, isSelected: input.selectedSteps.has(key) }),
    );
    nodes = sameList(nodes, now);
    return { nodes, edges, controls, views };
  };
}

/** How far inside other pipelines one is that has this before its keys: what lies further inside is drawn above. */
const depthOf = (prefix: string): number => prefix.split('/').length - 1;

/** What was drawn last: while steps are only moved, nothing of it has to be looked at again. */
interface Drawn {
  readonly input: FlowInput;
  readonly scopeOf: (key: string) => ViewScope;
  /** Nothing is left out, so that no value decides what is. */
  readonly isAllRun: boolean;
  readonly views: readonly StepView[];
  readonly flowEdges: StepEdge[];
  readonly controls: readonly ControlLink[];
}

/** Null: something else is another than places and values of parameters. */
function drawnAlready(memory: Memory, input: FlowInput): Drawn | null {
  const { drawn } = memory;
  const isSame = (member: 'components' | 'selectedEdges' | 'areScalarsShown'): boolean => drawn?.input[member] === input[member];
  if (drawn === null || !isSame('components') || !isSame('selectedEdges') || !isSame('areScalarsShown')) return null;
  const [before, now] = [drawn.input.content.document, input.content.document];
  if (before === now) return drawn;
  const changed = drawn.isAllRun ? changedValues(before, now) : null;
  if (changed === null) return null;
  const views = new Map(changed.map((key) => [`${memory.prefix}${key}`, memory.views.viewOf(key, { ...input, ...drawn.scopeOf(key) })]));
  // A port that is given a value is drawn so, and the edges are those of its node.
  if ([...views.keys()].some((key) => memory.views.held(key) !== memory.nodes.get(key)?.data.view)) return null;
  memory.drawn = { ...drawn, input, views: drawn.views.map((view) => views.get(view.key) ?? view) };
  return memory.drawn;
}

function drawAnew(memory: Memory, input: FlowInput): Drawn {
  const { jobs } = input.content.document;
  const edges = Object.entries(jobs).flatMap(([key, step]) => memory.views.edgesOf(key, step));
  const readOutputs = collectReadOutputs(edges);
  const around = blocksAround(jobs);
  const { aside } = setAside(input.content.document, input.components);
  const nameOf = (key: string): string => jobs[key]?.display_name ?? key;
  const scopeOf = (key: string): ViewScope => ({
    readOutputs: readOutputs.get(key) ?? nothing,
    around: around.get(key),
    aside: asideOf(aside.get(key), nameOf),
  });
  const views = Object.keys(jobs).map((key) => memory.views.viewOf(key, { ...input, ...scopeOf(key) }));
  const flowEdges = toFlowEdges(memory, edges, input.selectedEdges);
  forgetOthers(memory, { views, flowEdges });
  const titleOf = (key: string): string => memory.views.held(`${memory.prefix}${key}`)?.title ?? key;
  const controls = controlLinks(jobs, { edges, prefix: memory.prefix, titleOf });
  const before = memory.drawn;
  memory.drawn = {
    input,
    scopeOf,
    isAllRun: !Object.values(jobs).some((step) => isDisabled(step) || isBypassed(step)),
    views: sameList(before?.views, views),
    flowEdges: sameList(before?.flowEdges, flowEdges),
    controls: before?.controls.length === 0 && controls.length === 0 ? before.controls : controls,
  };
  return memory.drawn;
}

/** The list of before where all in it is the same: React Flow takes in another one item by item. */
const sameList = <L extends readonly unknown[]>(before: L | undefined, now: L): L =>
  before?.length === now.length && now.every((each, index) => each === before[index]) ? before : now;

interface Memory {
  readonly prefix: string;
  drawn: Drawn | null;
  readonly views: ViewMemory;
  readonly nodes: Map<string, StepNode>;
  readonly edges: Map<string, { readonly flowEdge: StepEdge; readonly source: StepView; readonly target: StepView }>;
}

const nothing: ReadonlySet<string> = new Set();
const origin: Position = { x: 0, y: 0 };

function collectReadOutputs(edges: readonly Edge[]): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  for (const { from } of edges) {
    const names = read.get(from.step);
    if (names) names.add(from.output);
    else read.set(from.step, new Set([from.output]));
  }
  return read;
}

function asideOf(why: Aside | undefined, titleOf: (key: string) => string): StepAside | null {
  if (why === undefined) return null;
  return { kind: why.kind, text: why.kind === 'needs' ? `needs ${why.of.map(titleOf).join(', ')}` : '' };
}

function rememberedNode(memory: Memory, key: string, { position, isSelected }: { position: Position; isSelected: boolean }): StepNode {
  const view = memory.views.held(key);
  if (!view) throw new Error(`Internal error: expected a view of the step ${key}`);
  const known = memory.nodes.get(key);
  const isSame = known?.data.view === view && known.selected === isSelected && known.position.x === position.x && known.position.y === position.y;
  if (known && isSame) return known;
  const node: StepNode = {
    id: view.key,
    type: 'step',
    position,
    data: { view },
    selected: isSelected,
    // Given as if measured, without a width and a height: the element around the drawing has no size of its own, so React
    // Flow never measures it, and the handles below hold even where no element of theirs is drawn.
    measured: nodeSize,
    handles: known?.data.view === view ? (known.handles ?? []) : handlesOf(view),
    // The name and the state belong to the element inside, which is the one that takes the focus.
    domAttributes: { 'aria-roledescription': undefined },
    ...(memory.prefix === '' ? {} : { zIndex: depthOf(memory.prefix), draggable: false, connectable: false }),
  };
  memory.nodes.set(view.key, node);
  return node;
}

function toFlowEdges(memory: Memory, edges: readonly Edge[], selected: ReadonlySet<string>): StepEdge[] {
  const result = new Map<string, StepEdge>();
  for (const edge of edges) {
    const source = memory.views.held(`${memory.prefix}${edge.from.step}`);
    const target = memory.views.held(`${memory.prefix}${edge.to.step}`);
    // A source that does not exist has no place to draw from: the port at the other end is drawn broken.
    if (!source || !target) continue;
    const id = `${memory.prefix}${edgeId(edge)}`;
    result.set(id, rememberedEdge(memory, { id, edge, source, target }, selected.has(id)));
  }
  return [...result.values()];
}

interface EdgeEnds {
  readonly id: string;
  readonly edge: Edge;
  readonly source: StepView;
  readonly target: StepView;
}

function rememberedEdge(memory: Memory, { id, edge, source, target }: EdgeEnds, isSelected: boolean): StepEdge {
  const before = memory.edges.get(id);
  const known = before?.flowEdge;
  if (known && before.source === source && before.target === target && known.selected === isSelected) return known;
  const output = source.outputs.find((port) => port.name === edge.from.output);
  const input = target.inputs.find((port) => port.name === edge.to.input);
  const isBroken = output?.isBroken !== false || input?.isBroken !== false;
  const sourceHandle = slotIdOf(source, 'outputs', edge.from.output);
  const targetHandle = slotIdOf(target, 'inputs', edge.to.input);
  const ariaLabel = `${source.title} ${output?.label ?? edge.from.output} to ${target.title} ${input?.label ?? edge.to.input}`;
  const isSame =
    known?.selected === isSelected &&
    known.data?.isBroken === isBroken &&
    known.sourceHandle === sourceHandle &&
    known.targetHandle === targetHandle &&
    known.ariaLabel === ariaLabel;
  if (known && isSame) {
    memory.edges.set(id, { flowEdge: known, source, target });
    return known;
  }
  const flowEdge: StepEdge = {
    id,
    type: 'step',
    source: source.key,
    target: target.key,
    sourceHandle,
    targetHandle,
    selected: isSelected,
    ariaLabel,
    data: { edge: memory.prefix === '' ? edge : null, isBroken },
    interactionWidth: 16,
    ...(memory.prefix === '' ? {} : innerEdge(memory.prefix)),
  };
  memory.edges.set(id, { flowEdge, source, target });
  return flowEdge;
}

/** What an edge inside an unfolded pipeline is besides. */
export const innerEdge = (prefix: string): Pick<StepEdge, 'zIndex' | 'selectable' | 'reconnectable'> => ({
  zIndex: depthOf(prefix),
  selectable: false,
  reconnectable: false,
});

/** Steps and edges that are gone must not be kept alive, nor come back stale under a name that is used again. */
function forgetOthers({ views, nodes, edges }: Memory, drawn: Pick<Drawn, 'views' | 'flowEdges'>): void {
  for (const key of views.forgetAllBut(drawn.views)) nodes.delete(key);
  if (edges.size > drawn.flowEdges.length) {
    const alive = new Set(drawn.flowEdges.map(({ id }) => id));
    for (const id of edges.keys()) if (!alive.has(id)) edges.delete(id);
  }
}
