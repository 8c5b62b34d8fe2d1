import type { DraftContent } from '../draft/draft-op.ts';
import type { Problem } from '../graph/problem.ts';
import { emptyLayout, Layout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { describeIssue } from './describe-issue.ts';
import { readYaml, type YamlText } from './read-yaml.ts';
import { syntaxProblems } from './syntax-problems.ts';

export interface PipelineText {
  /** Null when the text is not a pipeline; the problems say why. */
  readonly content: DraftContent | null;
  readonly problems: readonly Problem[];
  /** Gives problems found later in the document their place in this text. */
  readonly locate: (problems: readonly Problem[]) => Problem[];
}

/** The key under which everything of ours that is not Azure's lies in a file. */
export const extensionKey = 'x-pipewright';

/** Reads a pipeline job or pipeline component; `file` is what problems call it. */
export function readPipeline(text: string, file?: string): PipelineText {
  const yaml = readYaml(text);
  const locate = (problems: readonly Problem[]): Problem[] => problems.map((problem) => locateProblem(yaml, problem, file));
  if (yaml.errors.length > 0) return { content: null, problems: syntaxProblems(yaml, file), locate };
  const wrongKind = whyNotAPipeline(yaml.value);
  if (wrongKind) return { content: null, problems: locate([wrongKind]), locate };
  const parsed = Pipeline.safeParse(yaml.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue): Problem => ({ severity: 'error', code: 'invalid-value', ...describeIssue(issue, 'The file', yaml) }));
    return { content: null, problems: locate(problems), locate };
  }
  const { content, problems } = splitLayout(parsed.data);
  return { content, problems: locate(problems), locate };
}

function whyNotAPipeline(value: unknown): Problem | null {
  const wrong = (message: string): Problem => ({ severity: 'error', code: 'not-a-pipeline', message, path: [] });
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return wrong('The file is not a pipeline: it holds no map of keys.');
  const type = 'type' in value ? value.type : undefined;
  if (type !== undefined && type !== 'pipeline') return wrong(`The file is of type ${JSON.stringify(type)}, not a pipeline.`);
  if (!('jobs' in value)) return wrong('The file is not a pipeline: it has no "jobs".');
  return null;
}

function splitLayout(document: Pipeline): { content: DraftContent; problems: Problem[] } {
  const { [extensionKey]: extension, ...rest } = document;
  if (extension === null || typeof extension !== 'object' || Array.isArray(extension)) return { content: { document, layout: emptyLayout }, problems: [] };
  const { layout, ...others } = extension as Record<string, unknown>;
  const kept = Object.keys(others).length > 0 ? { ...rest, [extensionKey]: others } : rest;
  const parsed = Layout.safeParse(layout ?? {});
  if (parsed.success) return { content: { document: kept, layout: ofSteps(parsed.data, rest.jobs) }, problems: [] };
  const path = [extensionKey, 'layout'];
  const message = 'The layout cannot be read, so the steps are placed anew.';
  return { content: { document: kept, layout: emptyLayout }, problems: [{ severity: 'warning', code: 'invalid-value', message, path }] };
}

/** Places and group members of steps that are not there would be taken over by the next step of that name. */
function ofSteps(layout: Layout, jobs: Pipeline['jobs']): Layout {
  const isStep = (key: string): boolean => Object.hasOwn(jobs, key);
  return {
    ...layout,
    steps: Object.fromEntries(Object.entries(layout.steps).filter(([key]) => isStep(key))),
    groups: Object.fromEntries(Object.entries(layout.groups).map(([id, group]) => [id, { ...group, steps: group.steps.filter(isStep) }])),
  };
}

function locateProblem(yaml: YamlText, problem: Problem, file: string | undefined): Problem {
  const place = problem.line === undefined ? yaml.positionOf(problem.path ?? []) : {};
  return { ...problem, ...place, ...(file === undefined ? {} : { file }) };
}
