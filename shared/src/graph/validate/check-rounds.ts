import { describeRefusal, isToleratedInFiles, whyNotConnect } from '../../component/why-not-connect.ts';
import type { Repeat } from '../../pipeline/step-control.ts';
import type { Problem } from '../problem.ts';
import { hintText, type PipelineScope } from './step-scope.ts';

/** What is wrong with the way in which a step is repeated; the text goes on from the name of the part. */
export type RoundsProblem = Pick<Problem, 'code' | 'severity'> & { readonly part: 'while' | 'feed'; readonly text: string };

/** The rules for `repeat`, and for Azure's `do_while` alike: what says that there is another round, and what the rounds hand on. */
export function checkRounds(scope: PipelineScope, key: string, { while: again, feed = {} }: Pick<Repeat, 'while' | 'feed'>): RoundsProblem[] {
  const ports = scope.interfaceOf(key);
  if (!ports) return [];
  const error = { severity: 'error' } as const;
  const noOutput = (output: string): string => `names ${output}, which is no output of ${key}.${hintText(scope.suggest(output, ports.outputs))}`;
  const problems: RoundsProblem[] = [];
  if (typeof again === 'string') {
    const type = scope.outputType(key, again);
    if (type === undefined) problems.push({ ...error, part: 'while', code: 'unknown-output', text: noOutput(again) });
    else if (type !== 'boolean')
      problems.push({ ...error, part: 'while', code: 'type-mismatch', text: `names ${again}, which is ${type}: give that output of ${key} the type boolean` });
  }
  for (const [input, output] of Object.entries(feed)) {
    const target = Object.hasOwn(ports.inputs, input) ? ports.inputs[input] : undefined;
    const from = scope.outputType(key, output);
    if (!target) {
      const hint = hintText(scope.suggest(input, ports.inputs));
      problems.push({ ...error, part: 'feed', code: 'unknown-input', text: `names ${input}, which is no input of ${key}.${hint}` });
    } else if (from === undefined) problems.push({ ...error, part: 'feed', code: 'unknown-output', text: noOutput(output) });
    else {
      const refusal = whyNotConnect({ type: from, kind: ports.outputs[output]?.['x-pipewright']?.kind }, { ...target['x-pipewright'], type: target.type });
      if (!refusal) continue;
      const severity = isToleratedInFiles(refusal) ? 'warning' : 'error';
      problems.push({ severity, part: 'feed', code: refusal.code, text: `gives ${output} to ${input}: ${describeRefusal(refusal)}` });
    }
  }
  return problems;
}
