import { blockFields, blocksIn, controlKindOf, itemsOfLoop, roundsOf, stepNamed, stepsIn } from '../../azure/control-steps.ts';
import { parseBinding } from '../../expressions/binding.ts';
import { stepOf } from '../../pipeline/follow-binding.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem } from '../problem.ts';
import { checkItems } from './check-items.ts';
import { checkRounds } from './check-rounds.ts';
import { cannot, wrong } from './control-problem.ts';
import { hintText, stepTitle, type PipelineScope } from './step-scope.ts';
import { whyNoBody, whyNoLoop } from './why-no-loop.ts';

interface Subject {
  readonly scope: PipelineScope;
  readonly key: string;
  readonly step: Step;
}

/** What is wrong with a branch or a loop that is written as Azure's private preview does. */
export function checkControlStep(scope: PipelineScope, key: string, step: Step): Problem[] {
  const kind = controlKindOf(step);
  if (kind === null) return [];
  const subject = { scope, key, step };
  const named = checkNamed(subject);
  if (named.length > 0) return named;
  return kind === 'if_else' ? checkBranch(subject) : kind === 'do_while' ? checkRepeated(subject) : checkLoop(subject);
}

function checkNamed(subject: Subject): Problem[] {
  const { scope, key, step } = subject;
  return blockFields.flatMap((field) =>
    blocksIn(step, field).flatMap((text): Problem[] => {
      const name = stepNamed(text);
      if (name === null) return [wrong(subject, field, `is to name a step, as \${{parent.jobs.NAME}}`)];
      if (name === key) return [wrong(subject, field, 'names itself')];
      if (stepOf(scope.document, name)) return [];
      const message = `${stepTitle(key, step)}: ${field} names the step ${name}, which does not exist.${hintText(scope.suggest(name, scope.document.jobs))}`;
      return [{ severity: 'error', code: 'unknown-step', message, step: key, path: ['jobs', key, field] }];
    }),
  );
}

function checkBranch(subject: Subject): Problem[] {
  const { step } = subject;
  const [yes, no] = [stepsIn(step, 'true_block'), stepsIn(step, 'false_block')];
  const { condition } = step;
  const both = yes.find((name) => no.includes(name));
  if (condition === undefined || condition === null) return [wrong(subject, 'condition', 'is missing: true, false, or a binding to a boolean')];
  if (yes.length + no.length === 0) return [wrong(subject, 'true_block', 'is missing, and so is false_block: name the steps that depend on the condition')];
  return both === undefined ? [] : [wrong(subject, 'false_block', `names ${both}, which is in true_block already`)];
}

/** A loop that cannot be one, or whose body is work of another kind than a loop can do. */
function checkBody(subject: Subject, body: string): Problem[] {
  const { scope, key } = subject;
  if (scope.document.settings.on_finalize === key) return [cannot(subject, 'body', 'is the step that runs last and cannot be a loop')];
  const why = whyNoLoop(scope, body)?.text ?? whyNoBody(scope, body);
  if (why === null) return [];
  const inside = scope.interfaceOf(body)?.type === 'pipeline' ? ': loops inside it can run' : '';
  return [cannot(subject, 'body', `goes over ${body}, which is ${why}${inside}`)];
}

function checkRepeated(subject: Subject): Problem[] {
  const { scope, step } = subject;
  const [body] = stepsIn(step, 'body');
  const kind = body === undefined ? [] : checkBody(subject, body);
  if (kind.length > 0) return kind;
  const read = roundsOf(step);
  if (!read.ok) return [wrong(subject, read.field, read.text)];
  if (body === undefined) return [];
  return checkRounds(scope, body, read.rounds).map(({ part, code, severity, text }) => {
    const field = part === 'while' ? 'condition' : 'mapping';
    return { ...wrong(subject, field, text), code, severity };
  });
}

function checkLoop(subject: Subject): Problem[] {
  const { step } = subject;
  const [body] = stepsIn(step, 'body');
  if (body === undefined) return [wrong(subject, 'body', 'is missing: the step that runs for each item')];
  const kind = checkBody(subject, body);
  if (kind.length > 0) return kind;
  const { items } = step;
  if (items === undefined || items === null) return [wrong(subject, 'items', 'is missing: a list of maps of inputs, or a binding to one')];
  const known = itemsOfLoop(items);
  if (known === null) {
    const isBound = typeof items === 'string' && parseBinding(items) !== null;
    return isBound ? [] : [wrong(subject, 'items', 'is to be a list of maps of inputs, as [{ rate: 0.1 }], that as JSON, or a binding')];
  }
  return checkItems({ ...subject, field: 'items', body }, known);
}
