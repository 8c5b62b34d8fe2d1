import type { Problem } from '../graph/problem.ts';
import type { YamlText } from './read-yaml.ts';

/** Why a text could not be read as YAML at all, each where it is. */
export function syntaxProblems({ errors }: YamlText, file: string | undefined): Problem[] {
  return errors.map(({ message, position }) => ({
    severity: 'error',
    code: 'yaml-syntax',
    message: `This is not readable YAML: ${message}.`,
    ...position,
    ...(file === undefined ? {} : { file }),
  }));
}
