import { connect } from '@pipewright/shared/draft/compound-ops.ts';
import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import type { Point } from '../../../canvas/geometry.ts';
import { portOfHandle } from '../../../canvas/port-slots.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { adapterFor } from '@pipewright/shared/graph/adapter-for.ts';
import { insertAdapter } from '../model/add-step.ts';
import type { PortRef } from '../model/port-ref.ts';
import { edgeBetween, reconnect, startWiring, type Verdict, type Wiring } from '../model/wiring.ts';
import type { Editor } from '../store/editor-context.tsx';

/** A handle of the drawing: a port, or a group of ports. */
export interface HandleRef {
  readonly step: string;
  readonly handle: string;
}

/** Takes a wire in the hand: from now on every port knows whether it may end there. */
export function pickUpWire({ store, derived }: Editor, { step, handle }: HandleRef): void {
  const port = portOfHandle(handle);
  if (!port) return;
  const from: PortRef = { step, ...port };
  const look = (): Wiring | null => {
    const views = [...derived.getState().views.values()];
    return startWiring({ document: store.getState().content.document, views }, from);
  };
  const wiring = look();
  store.getState().setWiring(wiring);
  // A scalar in the hand makes parameters appear as ports; those are judged now.
  if (wiring?.isScalar) store.getState().setWiring(look());
}

export function verdictAt({ store }: Editor, { step, handle }: HandleRef): Verdict | undefined {
  return store.getState().wiring?.verdicts.get(`${step}.${handle}`);
}

/** Ends a wire at a port that may take it. */
export function plugIn(editor: Editor, to: PortRef): void {
  const { wiring } = editor.store.getState();
  if (wiring) connectPorts(editor, edgeBetween(wiring.from, to));
}

export function connectPorts({ store, derived }: Editor, edge: Edge): void {
  const { views } = derived.getState();
  const [source, target] = [views.get(edge.from.step)?.title ?? edge.from.step, views.get(edge.to.step)?.title ?? edge.to.step];
  const result = store.getState().edit(connect(edge), { label: `Connect ${source} to ${target}` });
  if (result.ok) announce(`Connected ${source} ${edge.from.output} to ${target} ${edge.to.input}`);
}

export function moveWire({ store }: Editor, old: Edge, next: Edge): void {
  store.getState().edit(reconnect(old, next), { label: 'Move a connection' });
}

/** Ends a wire over a port that may not take it: a conversion goes between, if there is one. */
export function plugInThroughAdapter({ store, derived }: Editor, { step, handle }: HandleRef): void {
  const { wiring, components, content, edit, select } = store.getState();
  const to = portOfHandle(handle);
  if (!wiring || !to) return;
  const edge = edgeBetween(wiring.from, { step, ...to });
  const { views } = derived.getState();
  const output = views.get(edge.from.step)?.outputs.find(({ name }) => name === edge.from.output);
  const input = views.get(edge.to.step)?.inputs.find(({ name }) => name === edge.to.input);
  if (!output?.type || !input?.type) return;
  const verdict = wiring.verdicts.get(`${step}.${handle}`);
  const isMismatch = verdict?.isValid === false && verdict.why.code === 'type-mismatch';
  const adapter = isMismatch ? adapterFor({ type: output.type, kind: output.kind }, { type: input.type, kind: input.kind }, components) : null;
  if (!adapter) return;
  const added = insertAdapter(content, edge, adapter);
  const name = adapter.component.display_name ?? adapter.component.name ?? 'a conversion';
  if (edit(added.ops, { label: `Put ${name} between` }).ok) {
    select({ steps: [added.key] });
    announce(`${name} was put between`);
  }
}

/**
 * Ends a wire over a step, not over one of its ports: at the only port that may take it, or with the choice of those
 * that may.
 */
export function dropOnStep(editor: Editor, step: string, at: Point): boolean {
  const { wiring, open } = editor.store.getState();
  const view = editor.derived.getState().views.get(step);
  if (!wiring || !view || wiring.from.step === step) return false;
  const side = wiring.from.side === 'outputs' ? 'inputs' : 'outputs';
  const valid = view[side].filter(({ name }) => wiring.verdicts.get(`${step}.${side}.${name}`)?.isValid);
  const [only, ...others] = valid;
  if (!only) return false;
  if (others.length === 0) plugIn(editor, { step, side, port: only.name });
  else open({ kind: 'connect', at, step: wiring.from.step, focus: wiring.from, target: step });
  return true;
}
