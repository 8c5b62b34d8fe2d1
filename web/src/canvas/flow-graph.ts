import type { ComponentInterface, ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { edgeId, edgesInto, type Edge } from '@pipewright/shared/graph/edges-of.ts';
import { type Aside, setAside } from '@pipewright/shared/graph/set-aside.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react';
import { blocksAround, type ControlLink, controlLinks } from './control-links.ts';
import { newerComponent } from './newer-component.ts';
import { nodeSize, type Size } from './geometry.ts';
import { handlesOf, slotIdOf } from './port-slots.ts';
import { positionsOf } from './positions-of.ts';
import { type StepAside, stepView, type StepView } from './step-view.ts';

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
export function createFlowMapper(prefix = ''): (input: FlowInput) => FlowGraph {
  const memory: Memory = { prefix, drawn: null, views: new Map(), nodes: new Map(), edges: new Map(), edgesOfStep: new WeakMap() };
  return (input) => {
    const positions = positionsOf(input.content);
    const drawn = isDrawnAlready(memory.drawn, input) ? memory.drawn : drawAnew(memory, input);
    const nodes = drawn.views.map((view) =>
      rememberedNode(memory, view, { position: positions[view.key.slice(prefix.length)] ?? origin, isSelected: input.selectedSteps.has(view.key) }),
    );
    return { nodes, edges: drawn.flowEdges, controls: drawn.controls };
  };
}

/** How far inside other pipelines one is that has this before its keys: what lies further inside is drawn above. */
const depthOf = (prefix: string): number => prefix.split('/').length - 1;

/** What was drawn last: while steps are only moved, nothing of it has to be looked at again. */
interface Drawn {
  readonly input: FlowInput;
  readonly views: readonly StepView[];
  readonly flowEdges: StepEdge[];
  readonly controls: readonly ControlLink[];
}

function isDrawnAlready(drawn: Drawn | null, input: FlowInput): drawn is Drawn {
  return (
    drawn !== null &&
    drawn.input.content.document === input.content.document &&
    drawn.input.components === input.components &&
    drawn.input.selectedEdges === input.selectedEdges &&
    drawn.input.areScalarsShown === input.areScalarsShown
  );
}

function drawAnew(memory: Memory, input: FlowInput): Drawn {
  const { jobs } = input.content.document;
  const edges = Object.entries(jobs).flatMap(([key, step]) => rememberedEdges(memory, key, step));
  const readOutputs = collectReadOutputs(edges);
  const around = blocksAround(jobs);
  const { aside } = setAside(input.content.document, input.components);
  const nameOf = (key: string): string => jobs[key]?.display_name ?? key;
  const views = Object.keys(jobs).map((key) =>
    rememberedView(memory, key, { input, readOutputs: readOutputs.get(key) ?? nothing, around: around.get(key), aside: asideOf(aside.get(key), nameOf) }),
  );
  const flowEdges = toFlowEdges(memory, edges, input.selectedEdges);
  forgetOthers(memory, { views, flowEdges });
  const titleOf = (key: string): string => memory.views.get(`${memory.prefix}${key}`)?.view.title ?? key;
  const controls = controlLinks(jobs, { edges, prefix: memory.prefix, titleOf });
  const before = memory.drawn;
  memory.drawn = {
    input,
    views,
    // The same list where all in it is the same: React Flow takes in another one edge by edge.
    flowEdges: before && holdsSame(before.flowEdges, flowEdges) ? before.flowEdges : flowEdges,
    controls: before?.controls.length === 0 && controls.length === 0 ? before.controls : controls,
  };
  return memory.drawn;
}

const holdsSame = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((each, index) => each === b[index]);

interface Memory {
  readonly prefix: string;
  drawn: Drawn | null;
  readonly views: Map<string, { readonly basis: ViewBasis; readonly view: StepView }>;
  readonly nodes: Map<string, StepNode>;
  readonly edges: Map<string, { readonly flowEdge: StepEdge; readonly source: StepView; readonly target: StepView }>;
  /** Parsing bindings is the costly part of an edit; a step that has not changed has the same edges. */
  readonly edgesOfStep: WeakMap<Step, { readonly key: string; readonly edges: readonly Edge[] }>;
}

/** Everything that a view is made from, in a form that can be compared cheaply. */
interface ViewBasis {
  readonly step: Step;
  readonly component: ComponentInterface | string | undefined;
  readonly readOutputs: string;
  readonly orphans: string;
  /** The branches and loops that name it. */
  readonly around: string | undefined;
  readonly areScalarsShown: boolean;
  readonly newer: string | undefined;
  /** Why it is not run, as text. */
  readonly aside: string;
}

const nothing: ReadonlySet<string> = new Set();
const origin: Position = { x: 0, y: 0 };

function rememberedEdges(memory: Memory, key: string, step: Step): readonly Edge[] {
  const known = memory.edgesOfStep.get(step);
  if (known?.key === key) return known.edges;
  const edges = edgesInto(key, step);
  memory.edgesOfStep.set(step, { key, edges });
  return edges;
}

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

interface ViewScope {
  readonly aside: StepAside | null;
  readonly input: FlowInput;
  readonly readOutputs: ReadonlySet<string>;
  readonly around: string | undefined;
}

function rememberedView(memory: Memory, key: string, { input, readOutputs, around, aside }: ViewScope): StepView {
  const { content, components, areScalarsShown } = input;
  const step = content.document.jobs[key];
  if (!step) throw new Error(`Internal error: expected a step ${key}`);
  const orphans = rememberedEdges(memory, key, step).filter(({ from }) => !Object.hasOwn(content.document.jobs, from.step));
  const basis: ViewBasis = {
    step,
    // A step with its own command has ports that hang on what feeds it; compared by content.
    component: typeof step.component === 'string' ? components[step.component] : JSON.stringify(interfaceOf(key, content.document, components)),
    readOutputs: [...readOutputs].join(' '),
    orphans: orphans.map(({ to }) => to.input).join(' '),
    around,
    areScalarsShown,
    newer: newerComponent(step, components)?.version,
    aside: aside === null ? '' : `${aside.kind} ${aside.text}`,
  };
  const known = memory.views.get(`${memory.prefix}${key}`);
  if (known && isSameBasis(known.basis, basis)) return known.view;
  const local = stepView(key, { document: content.document, components }, { readOutputs, areScalarsShown, aside });
  const view = memory.prefix === '' ? local : { ...local, key: `${memory.prefix}${key}`, loop: local.loop === null ? null : `${memory.prefix}${local.loop}` };
  memory.views.set(view.key, { basis, view });
  return view;
}

function isSameBasis(a: ViewBasis, b: ViewBasis): boolean {
  return (
    a.step === b.step &&
    a.component === b.component &&
    a.readOutputs === b.readOutputs &&
    a.orphans === b.orphans &&
    a.around === b.around &&
    a.newer === b.newer &&
    a.aside === b.aside &&
    a.areScalarsShown === b.areScalarsShown
  );
}

function rememberedNode(memory: Memory, view: StepView, { position, isSelected }: { position: Position; isSelected: boolean }): StepNode {
  const known = memory.nodes.get(view.key);
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
    const source = memory.views.get(`${memory.prefix}${edge.from.step}`)?.view;
    const target = memory.views.get(`${memory.prefix}${edge.to.step}`)?.view;
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
function forgetOthers(memory: Memory, { views, flowEdges }: Pick<Drawn, 'views' | 'flowEdges'>): void {
  if (memory.views.size > views.length) {
    const alive = new Set(views.map(({ key }) => key));
    for (const key of memory.views.keys()) {
      if (alive.has(key)) continue;
      memory.nodes.delete(key);
      memory.views.delete(key);
    }
  }
  if (memory.edges.size > flowEdges.length) {
    const alive = new Set(flowEdges.map(({ id }) => id));
    for (const id of memory.edges.keys()) if (!alive.has(id)) memory.edges.delete(id);
  }
}
