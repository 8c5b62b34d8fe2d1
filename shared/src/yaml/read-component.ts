import { documentKind, isStepKind, type DocumentKind } from '../azure/document-kind.ts';
import { spellComponent } from '../azure/spellings.ts';
import { Component } from '../component/component.ts';
import { parseTemplate } from '../expressions/parse-template.ts';
import { undeclaredIn } from '../expressions/undeclared-in.ts';
import { didYouMean } from '../graph/suggest-name.ts';
import type { Problem } from '../graph/problem.ts';
import { checkPortNames, noteKeptKeys } from '../graph/validate/check-ports.ts';
import { describeIssue } from './describe-issue.ts';
import { readYaml, type YamlText } from './read-yaml.ts';
import { olderReadings } from './older-readings.ts';
import { syntaxProblems, toleratedSyntax } from './syntax-problems.ts';

export interface ComponentText {
  /** Null when the text is not a component; the problems say why. */
  readonly component: Component | null;
  readonly problems: readonly Problem[];
  /** Gives problems found later in the component their place in this text. */
  readonly locate: (problems: readonly Problem[]) => Problem[];
}

/** Reads a component's file and checks that its names are ones and that its command uses only what it declares. */
export function readComponent(text: string, file?: string): ComponentText {
  return componentIn(readYaml(text), file);
}

export function componentIn(yaml: YamlText, file?: string): ComponentText {
  const named = file === undefined ? {} : { file };
  const locate = (problems: readonly Problem[]): Problem[] =>
    problems.map((problem) =>
      problem.file === undefined ? { ...problem, ...(problem.line === undefined ? yaml.positionOf(problem.path ?? []) : {}), ...named } : problem,
    );
  if (yaml.errors.length > 0) return { component: null, problems: syntaxProblems(yaml, file), locate };
  const other = otherKind(yaml.value);
  if (other !== null) {
    const wrong: Problem = { severity: 'error', code: 'invalid-component', message: `The file is no component: it describes ${other}.`, path: [] };
    return { component: null, problems: locate([wrong]), locate };
  }
  const spelled = spellComponent(withKind(yaml.value));
  const { value } = spelled;
  const said = [...toleratedSyntax(yaml), ...olderReadings(yaml), ...spelled.problems];
  const parsed = Component.safeParse(value);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue): Problem => ({
      severity: 'error',
      code: 'invalid-component',
      ...describeIssue(issue, 'The file', { value }),
    }));
    return { component: null, problems: locate([...wrong, ...said]), locate };
  }
  return {
    component: parsed.data,
    problems: locate([...said, ...checkPortNames(parsed.data), ...noteKeptKeys(parsed.data), ...checkCommand(parsed.data)]),
    locate,
  };
}

const otherKinds: Readonly<Partial<Record<DocumentKind, string>>> = {
  data: 'data',
  model: 'a model',
  environment: 'an environment',
  schedule: 'a schedule',
  sweep: 'a sweep job',
  'pipeline-deployment': 'a deployment',
  foreign: 'a resource of Azure, which is nothing that runs here',
};

/** What a file is about that cannot be a component; null where it may be one. */
function otherKind(value: unknown): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || 'command' in value) return null;
  const kind = documentKind({ ...value });
  return (kind === null ? undefined : otherKinds[kind]) ?? null;
}

/** A component says its kind, or shows it by what it has. */
function withKind(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const kind = documentKind({ ...value });
  const isKind = kind !== null && (kind === 'pipeline' || isStepKind(kind));
  return isKind && (!('type' in value) || value.type !== kind) ? { ...value, type: kind } : value;
}

function checkCommand(component: Component): Problem[] {
  if (component.type !== 'command') return [];
  const { errors } = parseTemplate(component.command);
  const path = ['command'];
  const problems: Problem[] = errors.map(({ message }) => ({
    severity: 'error',
    code: 'invalid-expression',
    message: `The command cannot be read: ${message}.`,
    path,
  }));
  for (const { said, side, name } of undeclaredIn(component.command, component)) {
    const declared = side === null ? {} : component[side];
    const message = `The command uses \${{${said}}}, which the component does not declare.${didYouMean(name, Object.keys(declared))}`;
    problems.push({ severity: 'error', code: 'undeclared-placeholder', message, port: name, path });
  }
  return problems;
}
