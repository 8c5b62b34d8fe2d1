import type { InputDefinition } from '../../component/ports.ts';
import { placeOfInput } from '../../pipeline/step-inputs.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { portTitle, stepTitle, type PipelineScope } from './step-scope.ts';

/** One input of one step, as the rules about inputs look at it. */
export interface InputSubject {
  readonly scope: PipelineScope;
  readonly key: string;
  readonly step: Step;
  readonly name: string;
  readonly definition: InputDefinition;
}

/** What people call it: `Train: Learning rate`. */
export const inputTitle = ({ key, step, name, definition }: InputSubject): string => `${stepTitle(key, step)}: ${portTitle(name, definition)}`;

export function inputProblem({ key, step, name }: InputSubject, code: ProblemCode, message: string): Problem {
  return { severity: 'error', code, message, step: key, port: name, path: ['jobs', key, ...placeOfInput(step, name)] };
}
