import type { Asset } from '@pipewright/shared/asset/asset.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import { nodeHeight, nodeWidth } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import type { PortView } from '../../../canvas/step-view.ts';
import { type AddedStep, addStep, addStepToWire, insertIntoEdge } from '../model/add-step.ts';
import type { DataInput } from '../model/data-values.ts';
import { type FittingPort, fittingPorts } from '../model/fitting-ports.ts';
import { freePlace } from '../model/free-place.ts';
import type { PortRef } from '../model/port-ref.ts';
import { plainUse, type Use } from '../model/quick-list.ts';
import { mayBeGiven } from '../model/registered-data.ts';
import type { Editor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';

export type QuickAddOverlay = Extract<Overlay, { kind: 'quick-add' }>;

/** Why the list was opened: it decides what is in it and what choosing does. */
export interface Purpose {
  readonly title: string | null;
  /** The ways in which a component can be used here; none: it does not fit. */
  readonly usesOf: (item: RegisteredComponent) => readonly Use[];
  /** As the draft is by then. */
  readonly add: (use: Use) => AddedStep;
  /** The wire that looks for an end. */
  readonly wire: { readonly from: PortRef; readonly view: PortView } | null;
  /** Whether registered data, or a model, may stand where the component would. */
  readonly mayBe: (asset: Asset) => boolean;
  /** The input that gets it; null: it becomes one of the pipeline. */
  readonly input: DataInput | null;
}

/** More ways to use one component than this only hide the others. */
const mostWays = 4;

export function purposeOf(editor: Editor, overlay: QuickAddOverlay): Purpose {
  const { views, flow } = editor.derived.getState();
  const portOf = (step: string, side: 'inputs' | 'outputs', port: string): PortView | undefined => views.get(step)?.[side].find(({ name }) => name === port);
  const edge = overlay.edge === null ? undefined : flow.edges.find(({ id }) => id === overlay.edge)?.data?.edge;
  const [output, input] = [edge && portOf(edge.from.step, 'outputs', edge.from.output), edge && portOf(edge.to.step, 'inputs', edge.to.input)];
  if (edge && output && input) return betweenPurpose(editor, overlay, { edge, output, input });
  const { wire } = overlay;
  const view = wire && portOf(wire.step, wire.side, wire.port);
  if (wire && view) return wirePurpose(editor, overlay, { from: wire, view });
  return {
    title: null,
    usesOf: (item) => [plainUse(item)],
    add: ({ item }) => addFree(editor, item, overlay.place),
    wire: null,
    mayBe: () => true,
    input: null,
  };
}

interface EdgeEnds {
  readonly edge: Edge;
  readonly output: PortView;
  readonly input: PortView;
}

function betweenPurpose(editor: Editor, { place }: QuickAddOverlay, { edge, output, input }: EdgeEnds): Purpose {
  const { store, derived } = editor;
  const titleOf = (step: string): string => derived.getState().views.get(step)?.title ?? step;
  return {
    title: `Between ${titleOf(edge.from.step)} and ${titleOf(edge.to.step)}`,
    usesOf: (item) => {
      const [out] = fittingPorts(item.component, input);
      if (!out) return [];
      const ways = fittingPorts(item.component, output).slice(0, mostWays);
      return ways.map((way, index) => useBy(item, { way, index, via: `${way.label} → ${out.label}`, ports: { input: way.name, output: out.name } }));
    },
    add: ({ item, ports }) => {
      if (ports.input === null || ports.output === null) return addFree(editor, item, place);
      return insertIntoEdge(store.getState().content, edge, { ...item, input: ports.input, output: ports.output, at: null });
    },
    wire: null,
    mayBe: () => false,
    input: null,
  };
}

function wirePurpose(editor: Editor, { place }: QuickAddOverlay, wire: { readonly from: PortRef; readonly view: PortView }): Purpose {
  const { from, view } = wire;
  const isForward = from.side === 'outputs';
  // The new step's port comes under the pointer, or above it when the wire goes up.
  const corner = { x: place.x - nodeWidth / 2, y: isForward ? place.y : place.y - nodeHeight };
  return {
    title: `${isForward ? 'Takes' : 'Gives'} ${view.kind?.replaceAll('_', ' ') ?? view.type ?? 'it'}`,
    usesOf: (item) => {
      const ways = fittingPorts(item.component, view).slice(0, mostWays);
      return ways.map((way, index) =>
        isForward
          ? useBy(item, { way, index, via: `into ${way.label}`, ports: { input: way.name, output: null } })
          : useBy(item, { way, index, via: `from ${way.label}`, ports: { input: null, output: way.name } }),
      );
    },
    add: ({ item, ports }) => {
      const port = isForward ? ports.input : ports.output;
      if (port === null) return addFree(editor, item, corner);
      const { content } = editor.store.getState();
      return addStepToWire(content, { ...item, place: freePlace(Object.values(positionsOf(content)), corner) }, { wire: from, port });
    },
    wire,
    mayBe: (asset) => !isForward && mayBeGiven(asset, view),
    input: isForward ? null : { step: from.step, input: from.port },
  };
}

function addFree({ store }: Editor, item: RegisteredComponent, place: { readonly x: number; readonly y: number }): AddedStep {
  const { content } = store.getState();
  return addStep(content, item, freePlace(Object.values(positionsOf(content)), place));
}

interface Way extends Pick<Use, 'via' | 'ports'> {
  readonly way: FittingPort;
  readonly index: number;
}

const useBy = (item: RegisteredComponent, { way, index, via, ports }: Way): Use => ({
  id: `${item.reference}#${way.name}`,
  item,
  via,
  ports,
  isOther: index > 0,
  rank: way.rank,
});
