import { Component } from '../component/component.ts';
import { parseTemplate, placeholdersOf } from '../expressions/parse-template.ts';
import { didYouMean } from '../graph/suggest-name.ts';
import type { Problem } from '../graph/problem.ts';
import { describeIssue } from './describe-issue.ts';
import { readYaml, type YamlText } from './read-yaml.ts';

export interface ComponentText {
  /** Null when the text is not a component; the problems say why. */
  readonly component: Component | null;
  readonly problems: readonly Problem[];
}

/** Reads a component's file and checks that its command names only what it declares. */
export function readComponent(text: string, file?: string): ComponentText {
  const yaml = readYaml(text);
  const named = file === undefined ? {} : { file };
  const [syntax] = yaml.errors;
  if (syntax) {
    const message = `This is not readable YAML: ${syntax.message}.`;
    return { component: null, problems: [{ severity: 'error', code: 'yaml-syntax', message, ...syntax.position, ...named }] };
  }
  const value = yaml.value;
  const withType = value !== null && typeof value === 'object' && !('type' in value) && 'command' in value ? { ...value, type: 'command' } : value;
  const parsed = Component.safeParse(withType);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue): Problem => {
      const { message, path } = describeIssue(issue);
      return { severity: 'error', code: 'invalid-component', message, path, ...yaml.positionOf(path), ...named };
    });
    return { component: null, problems };
  }
  return { component: parsed.data, problems: checkCommand(parsed.data, yaml).map((problem) => ({ ...problem, ...named })) };
}

function checkCommand(component: Component, yaml: YamlText): Problem[] {
  const { parts, errors } = parseTemplate(component.command);
  const place = { path: ['command'], ...yaml.positionOf(['command']) };
  const problems: Problem[] = errors.map(({ message }) => ({ severity: 'error', code: 'invalid-expression', message: `The command cannot be read: ${message}.`, ...place }));
  for (const { path } of placeholdersOf(parts)) {
    const [scope, ...rest] = path;
    const name = rest.join('.');
    const declared = scope === 'inputs' ? component.inputs : scope === 'outputs' ? component.outputs : {};
    if (Object.hasOwn(declared, name)) continue;
    const message = `The command uses \${{${path.join('.')}}}, which the component does not declare.${didYouMean(name, Object.keys(declared))}`;
    problems.push({ severity: 'error', code: 'undeclared-placeholder', message, port: name, ...place });
  }
  return problems;
}
