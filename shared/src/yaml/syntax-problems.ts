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

/** What a text says in a way that YAML forbids, and is read all the same. */
export function toleratedSyntax({ warnings }: YamlText): Problem[] {
  return warnings.map(({ message, position }) => ({
    severity: 'warning',
    code: 'irregular-value',
    message: `Here ${message}: it is read as they read it.`,
    ...position,
  }));
}
