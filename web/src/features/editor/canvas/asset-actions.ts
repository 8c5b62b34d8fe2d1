import type { Asset } from '@pipewright/shared/asset/asset.ts';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { Point } from '../../../canvas/geometry.ts';
import { portOfHandle } from '../../../canvas/port-slots.ts';
import type { PortView, StepView } from '../../../canvas/step-view.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { offerUndo } from '../commands/offer-undo.ts';
import { addDataInput, type DataInput, giveData, typeGiven } from '../model/data-values.ts';
import { dataTypeOf, inputsFor, mayBeGiven, pathOf } from '../model/registered-data.ts';
import type { Editor } from '../store/editor-context.tsx';
import { describeInput } from './describe-input.ts';

/** Gives an input the newest version of registered data, or of a model: one entry of the history. */
export function giveAsset(editor: Editor, asset: Asset, to: DataInput): void {
  const { content, edit, select } = editor.store.getState();
  const { label, takes } = describeInput(editor, to);
  const canBe = (type: PortType): boolean => mayBeGiven(asset, { type });
  const kind = { type: takes.type !== null && canBe(takes.type) ? takes.type : dataTypeOf(asset), canBe };
  const op = giveData(content.document, to, { ...kind, path: pathOf(asset, typeGiven(content.document, to, kind)) });
  if (!edit([op], { label: `Give ${asset.name} to ${label}` }).ok) return;
  if ('step' in to) select({ steps: [to.step] });
  announce(`${label} takes ${asset.name} version ${asset.version}`);
}

/** Makes it an input of the pipeline, which the inspector then shows. */
export function addAssetAsInput({ store }: Editor, asset: Asset): void {
  const { content, edit, select } = store.getState();
  const type = dataTypeOf(asset);
  const { ops, name } = addDataInput(content.document, asset.name, { type, path: pathOf(asset, type) });
  if (!edit(ops, { label: `Add the input ${name}` }).ok) return;
  select({});
  announce(`${asset.name} is the pipeline's input ${name}`);
  offerUndo(store, `${asset.name} is an input of the pipeline`);
}

/** Let go over a port, over a step, or over the paper. */
export function dropAsset(editor: Editor, asset: Asset, at: Point): void {
  const target = targetUnder(editor, at);
  if (target.kind === 'paper') addAssetAsInput(editor, asset);
  else if (target.kind === 'port' && mayBeGiven(asset, target.port)) giveAsset(editor, asset, { step: target.step.key, input: target.port.name });
  else if (target.kind === 'port') refuse(asset, `${target.port.label} of ${target.step.title} takes ${target.port.type ?? 'nothing that is known'}`);
  else dropOnStep(editor, asset, { step: target.step, at });
}

function dropOnStep(editor: Editor, asset: Asset, { step, at }: { readonly step: StepView; readonly at: Point }): void {
  const [only, ...others] = inputsFor(asset, [step]);
  if (!only) refuse(asset, `no input of ${step.title} takes that`);
  else if (others.length === 0) giveAsset(editor, asset, { step: step.key, input: only.port.name });
  else editor.store.getState().open({ kind: 'give-asset', at, asset, step: step.key });
}

function refuse(asset: Asset, why: string): void {
  const text = `${asset.name} is ${dataTypeOf(asset)}; ${why}.`;
  announce(text);
  showToast({ text });
}

type DropTarget =
  { readonly kind: 'paper' } | { readonly kind: 'step'; readonly step: StepView } | { readonly kind: 'port'; readonly step: StepView; readonly port: PortView };

function targetUnder({ derived }: Editor, { x, y }: Point): DropTarget {
  const under = document.elementFromPoint(x, y);
  const key = under?.closest('[data-step]')?.getAttribute('data-step') ?? null;
  // Over a step of an unfolded pipeline it is over the pipeline.
  const step = key === null ? undefined : derived.getState().views.get(key.split('/')[0] ?? key);
  if (!step) return { kind: 'paper' };
  const name = under?.closest('[data-port]')?.getAttribute('data-port') ?? '';
  const handle = name.startsWith(`${step.key}.`) ? portOfHandle(name.slice(step.key.length + 1)) : null;
  const port = handle?.side === 'inputs' ? step.inputs.find((candidate) => candidate.name === handle.port) : undefined;
  return port ? { kind: 'port', step, port } : { kind: 'step', step };
}
