import type { Component } from '@pipewright/shared/component/component.ts';
import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import { connect } from '@pipewright/shared/draft/compound-ops.ts';
import type { Point } from '../../../canvas/geometry.ts';
import { portOfHandle } from '../../../canvas/port-slots.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { type Adapter, adapterFor, adapterTitle } from '@pipewright/shared/graph/adapter-for.ts';
import { countOf } from '../../../ui/format/number.ts';
import { offerUndo } from '../commands/offer-undo.ts';
import { insertAdapter } from '../model/add-step.ts';
import { moveWires, startMoving } from '../model/move-wires.ts';
import type { PortRef } from '../model/port-ref.ts';
import { edgeBetween, reconnect, startWiring, type Verdict, type Wiring } from '../model/wiring.ts';
import { joinFrames } from '../paper/join-frames.ts';
import type { Editor } from '../store/editor-context.tsx';

/** A handle of the drawing: a port, or a group of ports. */
export interface HandleRef {
  readonly step: string;
  readonly handle: string;
}

/** Takes a wire in the hand: from now on every port knows whether it may end there. */
export function pickUpWire(editor: Editor, { step, handle }: HandleRef): void {
  const port = portOfHandle(handle);
  if (!port) return;
  const { setWiring } = editor.store.getState();
  const from: PortRef = { step, ...port };
  const look = (): Wiring | null => startWiring(graphOf(editor), from);
  const wiring = look();
  setWiring(wiring);
  // A scalar in the hand makes parameters appear as ports; those are judged now.
  if (wiring?.isScalar) setWiring(look());
}

/** Takes all wires of a port in the hand; false when it has none. */
export function pickUpWires(editor: Editor, { step, handle }: HandleRef): boolean {
  const port = portOfHandle(handle);
  const wiring = port && startMoving(graphOf(editor), { step, ...port });
  if (!wiring) return false;
  editor.store.getState().setWiring(wiring);
  return true;
}

const graphOf = ({ store, derived }: Editor) => ({ document: store.getState().content.document, views: [...derived.getState().views.values()] });

export function verdictAt({ store }: Editor, { step, handle }: HandleRef): Verdict | undefined {
  return store.getState().wiring?.verdicts.get(`${step}.${handle}`);
}

/** Ends a wire at a port that may take it. */
export function plugIn(editor: Editor, to: PortRef): void {
  const { wiring } = editor.store.getState();
  if (wiring) connectPorts(editor, edgeBetween(wiring.from, to));
}

/** An input has one source: what it had gives way, and that is said. */
export function connectPorts(editor: Editor, edge: Edge): void {
  const { store, derived } = editor;
  const title = titlesIn(editor);
  const [source, target] = [title(edge.from.step), title(edge.to.step)];
  const before = derived.getState().flow.edges.find(({ data }) => data?.edge?.to.step === edge.to.step && data.edge.to.input === edge.to.input)?.data?.edge;
  const isReplaced = before !== undefined && before !== null && (before.from.step !== edge.from.step || before.from.output !== edge.from.output);
  if (!store.getState().edit(connect(edge), { label: `Connect ${source} to ${target}` }).ok) return;
  const done = `Connected ${source} ${edge.from.output} to ${target} ${edge.to.input}`;
  announce(isReplaced ? `${done}, instead of ${title(before.from.step)} ${before.from.output}` : done);
  if (isReplaced) offerUndo(store, `${target} reads ${source} now, instead of ${title(before.from.step)}`);
}

export function moveWire({ store }: Editor, old: Edge, next: Edge): void {
  store.getState().edit(reconnect(old, next), { label: 'Move a connection' });
}

interface MoveTarget {
  readonly over: HandleRef | null;
  /** What lies under the pointer where it is over no port. */
  readonly step: string | null;
}

/** Ends all wires of a port at another of its side, if they may; over the paper they stay where they were. */
export function moveAllWires(editor: Editor, { over, step }: MoveTarget): void {
  const { wiring, content, edit } = editor.store.getState();
  if (!wiring) return;
  const port = over && portOfHandle(over.handle);
  const to = over && port ? { step: over.step, ...port } : soleTarget(editor, wiring, step);
  if (!to || wiring.verdicts.get(`${to.step}.${to.side}.${to.port}`)?.isValid !== true) return;
  const label = `Move ${countOf(wiring.moving.length, 'connection')}`;
  if (edit(moveWires(content.document, wiring, to), { label }).ok) announce(`${label} to ${titlesIn(editor)(to.step)} ${to.port}`);
}

/** The only port of a step where they may go. */
function soleTarget({ derived }: Editor, { from, verdicts }: Wiring, step: string | null): PortRef | null {
  const valid = (step === null ? undefined : derived.getState().views.get(step))?.[from.side].filter(
    ({ name }) => verdicts.get(`${step}.${from.side}.${name}`)?.isValid === true,
  );
  return step !== null && valid?.[0] && valid.length === 1 ? { step, side: from.side, port: valid[0].name } : null;
}

/** Ends a wire over a port that may not take it: a conversion goes between, if there is one. */
export function plugInThroughAdapter(editor: Editor, { step, handle }: HandleRef): void {
  const { wiring } = editor.store.getState();
  const to = portOfHandle(handle);
  const verdict = wiring?.verdicts.get(`${step}.${handle}`);
  if (!wiring || !to || verdict?.isValid !== false || verdict.why.code !== 'type-mismatch') return;
  const edge = edgeBetween(wiring.from, { step, ...to });
  const adapter = adapterBetween(editor, edge);
  if (adapter) putAdapterBetween(editor, edge, adapter);
}

/** What would convert between the ends of an edge that do not fit; null when nothing does. */
export function adapterBetween({ store, derived }: Editor, { from, to }: Edge): Adapter<Component> | null {
  const { views } = derived.getState();
  const output = views.get(from.step)?.outputs.find(({ name }) => name === from.output);
  const input = views.get(to.step)?.inputs.find(({ name }) => name === to.input);
  if (!output?.type || !input?.type) return null;
  return adapterFor({ type: output.type, kind: output.kind }, { type: input.type, kind: input.kind, accepts: input.accepts }, store.getState().components);
}

export function putAdapterBetween(editor: Editor, edge: Edge, adapter: Adapter<Component>): void {
  const { content, edit, select } = editor.store.getState();
  const added = insertAdapter(content, edge, adapter);
  const name = adapterTitle(adapter);
  if (!edit(joinFrames(editor, added.ops), { label: `Put ${name} between` }).ok) return;
  select({ steps: [added.key] });
  announce(`${name} was put between, to convert ${adapter.from} to ${adapter.to}`);
}

/**
 * Ends a wire over a step, not over one of its ports: at the only port that may take it, or with the choice of those
 * that may, and the reasons of those that may not.
 */
export function dropOnStep(editor: Editor, step: string, at: Point): void {
  const { wiring, open } = editor.store.getState();
  const view = editor.derived.getState().views.get(step);
  if (!wiring || !view || wiring.from.step === step) return;
  const side = wiring.from.side === 'outputs' ? 'inputs' : 'outputs';
  const valid = view[side].filter(({ name }) => wiring.verdicts.get(`${step}.${side}.${name}`)?.isValid);
  const [only, ...others] = valid;
  if (only && others.length === 0) plugIn(editor, { step, side, port: only.name });
  else open({ kind: 'connect', at, step: wiring.from.step, focus: wiring.from, target: step });
}

const titlesIn =
  ({ derived }: Editor) =>
  (step: string): string =>
    derived.getState().views.get(step)?.title ?? step;
