import { type PortKind, whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';
import { removeSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { parseBinding } from '@pipewright/shared/expressions/binding.ts';
import { edgesInto } from '@pipewright/shared/graph/edges-of.ts';
import type { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { PortView, StepView } from '../../../canvas/step-view.ts';

interface Rejoined {
  readonly ops: DraftOp[];
  /** How many inputs read now what the removed steps read. */
  readonly joined: number;
  /** Inputs that read nothing any more, because nothing that the removed steps read would fit. */
  readonly lost: readonly { readonly step: string; readonly input: string }[];
}

/**
 * Removes steps and joins what they were between: an input that read one of them reads what that one read, the best fit
 * first, as far as types allow.
 */
export function removeAndRejoin(content: DraftContent, keys: ReadonlySet<string>, views: ReadonlyMap<string, StepView>): Rejoined {
  const { jobs } = content.document;
  const lost: { step: string; input: string }[] = [];
  const joins: DraftOp[] = [];
  for (const [step, job] of Object.entries(jobs)) {
    if (keys.has(step)) continue;
    for (const { from, to } of edgesInto(step, job)) {
      if (!keys.has(from.step)) continue;
      const port = views.get(step)?.inputs.find(({ name }) => name === to.input);
      const value = port && bestSource({ content, keys, views }, from.step, port);
      if (value === undefined) lost.push(to);
      else joins.push({ op: 'step.setInput', step, input: to.input, value });
    }
  }
  return { ops: [...removeSteps(content, keys), ...joins], joined: joins.length, lost };
}

interface Scope {
  readonly content: DraftContent;
  readonly keys: ReadonlySet<string>;
  readonly views: ReadonlyMap<string, StepView>;
}

/** What a removed step reads that fits: the very type before one that passes for it, then in the order of its inputs. */
function bestSource(scope: Scope, removed: string, port: PortView): StepInput | undefined {
  const type = port.type;
  if (type === null) return undefined;
  const fitting = sourcesOf(scope, removed, new Set()).filter(({ gives }) => whyNotConnect(gives, { type, kind: port.kind, accepts: port.accepts }) === null);
  return (fitting.find(({ gives }) => gives.type === type) ?? fitting[0])?.value;
}

interface Source {
  readonly value: StepInput;
  readonly gives: PortKind;
}

/** Through several removed steps in a row as well. */
function sourcesOf(scope: Scope, key: string, seen: Set<string>): Source[] {
  const { content, keys, views } = scope;
  const step = content.document.jobs[key];
  if (!step || seen.has(key)) return [];
  seen.add(key);
  return Object.values(step.inputs).flatMap((value): Source[] => {
    const text = value !== null && typeof value === 'object' ? value.path : value;
    const binding = typeof text === 'string' ? parseBinding(text) : null;
    if (binding?.source === 'pipeline-input') {
      const { type } = pipelineInputValue(content.document.inputs[binding.name]);
      return type === null ? [] : [{ value, gives: { type } }];
    }
    if (binding?.source !== 'step-output') return [];
    if (keys.has(binding.step)) return sourcesOf(scope, binding.step, seen);
    const output = views.get(binding.step)?.outputs.find(({ name }) => name === binding.name);
    return output?.type ? [{ value, gives: { type: output.type, kind: output.kind } }] : [];
  });
}
