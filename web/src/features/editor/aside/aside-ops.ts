import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { whyNotBypass } from '@pipewright/shared/graph/bypass.ts';
import { bypassTag, disabledTag, formatPin, isBypassed, isDisabled, pinTag } from '@pipewright/shared/pipeline/step-aside.ts';
import { withoutTag, withTag } from '@pipewright/shared/pipeline/step-tags.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';

interface Toggled {
  readonly ops: DraftOp[];
  /** Where it leads for all of them: one that is not so yet is made so, and so are the others. */
  readonly isOn: boolean;
}

export function toggleDisabled(content: DraftContent, keys: readonly string[]): Toggled {
  const steps = stepsOf(content, keys);
  const isOn = steps.some(([, step]) => !isDisabled(step));
  return { isOn, ops: steps.flatMap(([key, step]) => setTag(key, step, { tag: disabledTag, value: isOn ? 'true' : null, drops: isOn ? [bypassTag] : [] })) };
}

interface Bypassed extends Toggled {
  /** The first step that cannot be bypassed, and why; none of them is then. */
  readonly refused: { readonly step: string; readonly why: string } | null;
}

export function toggleBypassed(content: DraftContent, keys: readonly string[], components: ComponentLookup): Bypassed {
  const steps = stepsOf(content, keys);
  const isOn = steps.some(([, step]) => !isBypassed(step));
  const refusals = isOn
    ? steps.flatMap(([step]) => {
        const why = whyNotBypass(step, content.document, components);
        return why === null ? [] : [{ step, why }];
      })
    : [];
  const [refused = null] = refusals;
  if (refused) return { isOn, refused, ops: [] };
  return {
    isOn,
    refused,
    ops: steps.flatMap(([key, step]) => setTag(key, step, { tag: bypassTag, value: isOn ? 'true' : null, drops: isOn ? [disabledTag] : [] })),
  };
}

/** Takes the result of a run from now on; null: is run again. */
export function pinTo(content: DraftContent, key: string, donor: Donor | null): DraftOp[] {
  const value = donor === null ? null : formatPin(donor);
  return stepsOf(content, [key]).flatMap(([step, job]) => setTag(step, job, { tag: pinTag, value, drops: donor === null ? [] : [disabledTag, bypassTag] }));
}

const stepsOf = ({ document }: DraftContent, keys: readonly string[]): [string, Step][] =>
  keys.flatMap((key) => (document.jobs[key] ? [[key, document.jobs[key]]] : []));

interface TagChange {
  readonly tag: string;
  /** Null: without it. */
  readonly value: string | null;
  /** Tags that say something else of the same. */
  readonly drops: readonly string[];
}

function setTag(key: string, step: Step, { tag, value, drops }: TagChange): DraftOp[] {
  const left = [tag, ...drops].reduce<Step['tags']>((tags, drop) => withoutTag({ tags }, drop), step.tags);
  const tags = value === null ? left : withTag({ tags: left }, tag, value);
  return [{ op: 'step.setField', step: key, field: 'tags', ...(tags === undefined ? {} : { value: tags }) }];
}
