import { Component } from '../component/component.ts';
import { parseTemplate, placeholdersOf } from '../expressions/parse-template.ts';
import { didYouMean } from '../graph/suggest-name.ts';
import type { Problem } from '../graph/problem.ts';
import { whyNotAName } from '../graph/validate/why-not-a-name.ts';
import { describeIssue } from './describe-issue.ts';
import { readYaml } from './read-yaml.ts';
import { syntaxProblems } from './syntax-problems.ts';

export interface ComponentText {
  /** Null when the text is not a component; the problems say why. */
  readonly component: Component | null;
  readonly problems: readonly Problem[];
}

/** Reads a component's file and checks that its names are ones and that its command uses only what it declares. */
export function readComponent(text: string, file?: string): ComponentText {
  const yaml = readYaml(text);
  const named = file === undefined ? {} : { file };
  if (yaml.errors.length > 0) return { component: null, problems: syntaxProblems(yaml, file) };
  const value = yaml.value;
  const withType = value !== null && typeof value === 'object' && !('type' in value) && 'command' in value ? { ...value, type: 'command' } : value;
  const locate = (problem: Problem): Problem => ({ ...problem, ...yaml.positionOf(problem.path ?? []), ...named });
  const parsed = Component.safeParse(withType);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue): Problem =>
      locate({ severity: 'error', code: 'invalid-component', ...describeIssue(issue, 'The file', { value: withType }) }),
    );
    return { component: null, problems };
  }
  return { component: parsed.data, problems: [...checkNames(parsed.data), ...checkCommand(parsed.data)].map(locate) };
}

function checkNames(component: Component): Problem[] {
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.keys(component[side]).flatMap((name): Problem[] => {
      const wrong = whyNotAName(name, side);
      return wrong ? [{ severity: 'error', ...wrong, port: name, path: [side, name] }] : [];
    }),
  );
}

function checkCommand(component: Component): Problem[] {
  const { parts, errors } = parseTemplate(component.command);
  const path = ['command'];
  const problems: Problem[] = errors.map(({ message }) => ({
    severity: 'error',
    code: 'invalid-expression',
    message: `The command cannot be read: ${message}.`,
    path,
  }));
  for (const { path: names } of placeholdersOf(parts)) {
    const [scope, ...rest] = names;
    const name = rest.join('.');
    const declared = scope === 'inputs' ? component.inputs : scope === 'outputs' ? component.outputs : {};
    if (names.length === 0 || Object.hasOwn(declared, name)) continue;
    const message = `The command uses \${{${names.join('.')}}}, which the component does not declare.${didYouMean(name, Object.keys(declared))}`;
    problems.push({ severity: 'error', code: 'undeclared-placeholder', message, port: name, path });
  }
  return problems;
}
