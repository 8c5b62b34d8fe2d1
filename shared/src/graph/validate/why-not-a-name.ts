import { PortName } from '../../component/ports.ts';
import type { ProblemCode } from '../problem.ts';

/** Names of inputs and outputs that Azure refuses, because they are variables of every shell. */
const reserved: ReadonlySet<string> = new Set(['path', 'ld_library_path', 'user', 'logname', 'home', 'pwd', 'shell']);

export interface NameProblem {
  readonly code: ProblemCode;
  readonly message: string;
}

/** Why a text cannot name an input or an output, or null. */
export function whyNotAName(name: string, side: 'inputs' | 'outputs'): NameProblem | null {
  const what = side === 'inputs' ? 'an input' : 'an output';
  if (reserved.has(name.toLowerCase())) {
    return { code: 'reserved-name', message: `"${name}" cannot be the name of ${what}: it is a variable of every shell.` };
  }
  if (PortName.safeParse(name).success) return null;
  return { code: 'invalid-key', message: `"${name}" cannot be the name of ${what}: use letters, digits and underscores, not beginning with a digit.` };
}
