import { isBypassed, isDisabled, pinOf } from '@pipewright/shared/pipeline/step-aside.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import { isStepDone } from '@pipewright/shared/run/status.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import type { Point } from '../../../canvas/geometry.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { countOf } from '../../../ui/format/number.ts';
import type { Editor } from '../store/editor-context.tsx';
import { pinTo, toggleBypassed, toggleDisabled } from './aside-ops.ts';

type Acting = Pick<Editor, 'store' | 'derived'>;

const nameOf = ({ derived }: Acting, keys: readonly string[]): string =>
  keys.length === 1 ? (derived.getState().views.get(keys[0] ?? '')?.title ?? keys[0] ?? '') : countOf(keys.length, 'step');

export function disableSteps(editor: Acting, keys: readonly string[]): void {
  const { content, edit } = editor.store.getState();
  const { ops, isOn } = toggleDisabled(content, keys);
  const what = nameOf(editor, keys);
  if (edit(ops, { label: `${isOn ? 'Disable' : 'Enable'} ${what}` }).ok) announce(`${what} ${isOn ? 'disabled: it and what needs it are not run' : 'enabled'}`);
}

export function bypassSteps(editor: Acting, keys: readonly string[]): void {
  const { content, edit, components } = editor.store.getState();
  const { ops, isOn, refused } = toggleBypassed(content, keys, components);
  if (refused) {
    const text = `${nameOf(editor, [refused.step])} cannot be bypassed: ${refused.why}.`;
    announce(text);
    return showToast({ text });
  }
  const what = nameOf(editor, keys);
  if (edit(ops, { label: `${isOn ? 'Bypass' : 'Run'} ${what}${isOn ? '' : ' again'}` }).ok)
    announce(`${what} ${isOn ? 'bypassed: what reads it reads what it is given' : 'is run again'}`);
}

export function pinStep(editor: Acting, step: string, donor: Donor | null): void {
  const { content, edit } = editor.store.getState();
  const what = nameOf(editor, [step]);
  const label = donor === null ? `Unpin ${what}` : `Pin ${what} to run ${donor.run}`;
  if (edit(pinTo(content, step, donor), { label }).ok) announce(donor === null ? `${what} is run again` : `${what} takes its result of run ${donor.run}`);
}

/** Unpins it; else pins the result that is shown, or asks for a run. */
export function togglePin(editor: Acting, step: string, at: Point): void {
  const { content, attachedRun, open } = editor.store.getState();
  const job = content.document.jobs[step];
  if (!job) return;
  if (pinOf(step, job) !== null) return pinStep(editor, step, null);
  const row = attachedRun === null ? undefined : runStoreOf(attachedRun).getState().steps[step];
  if (attachedRun !== null && row && isStepDone(row.status)) return pinStep(editor, step, { run: attachedRun, step });
  open({ kind: 'pin', at, step });
}

/** What is said of the steps now, where all of them say the same. */
export function standingOf({ store }: Pick<Editor, 'store'>, keys: readonly string[]): { readonly isDisabled: boolean; readonly isBypassed: boolean } {
  const steps = keys.flatMap((key) => store.getState().content.document.jobs[key] ?? []);
  return { isDisabled: steps.length > 0 && steps.every(isDisabled), isBypassed: steps.length > 0 && steps.every(isBypassed) };
}
