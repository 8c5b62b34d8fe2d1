import { isMap } from 'yaml';
import type { DraftContent } from '../draft/draft-op.ts';
import type { Problem } from '../graph/problem.ts';
import { emptyLayout, Layout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { spellPipeline } from '../azure/spellings.ts';
import { openAsPipeline, type NamedPipeline } from '../azure/open-as-pipeline.ts';
import { describeValue } from './describe-issue.ts';
import { readYaml, type YamlText } from './read-yaml.ts';
import { olderReadings } from './older-readings.ts';
import { syntaxProblems, toleratedSyntax } from './syntax-problems.ts';

export interface PipelineText {
  /** Null when the text is not a pipeline; the problems say why. */
  readonly content: DraftContent | null;
  readonly problems: readonly Problem[];
  /** Gives problems found later in the document their place in this text. */
  readonly locate: (problems: readonly Problem[]) => Problem[];
  /** What was read, if the pipeline can be written back into it; undefined when something else was opened as one. */
  readonly text?: string | undefined;
  /** The text only names the pipeline, with values of its own: what a schedule or a deployment does. */
  readonly names?: NamedPipeline;
}

/** The key under which everything of ours that is not Azure's lies in a file. */
export const extensionKey = 'x-pipewright';

/**
 * Reads a pipeline job or component, or what can be opened as one: a job or component of one step, and the job of a
 * schedule. `file` is what problems call it.
 */
export function readPipeline(text: string, file?: string): PipelineText {
  const yaml = readYaml(text);
  const { contents } = yaml.document;
  return { ...pipelineIn(yaml, file), text: isMap(contents) && contents.has('jobs') ? text : undefined };
}

export function pipelineIn(yaml: YamlText, file?: string): PipelineText {
  const place = (problems: readonly Problem[], writtenAt: WrittenAt): Problem[] => problems.map((problem) => locateProblem(yaml, problem, { file, writtenAt }));
  const asWritten = (problems: readonly Problem[]): Problem[] => place(problems, (path) => path);
  if (yaml.errors.length > 0) return { content: null, problems: syntaxProblems(yaml, file), locate: asWritten };
  const opened = openAsPipeline(yaml.value, nameOf(file));
  if ('problem' in opened) return { content: null, problems: asWritten([opened.problem]), locate: asWritten };
  if ('names' in opened) return { content: null, problems: asWritten(opened.problems), locate: asWritten, names: opened.names };
  const locate = (problems: readonly Problem[]): Problem[] => place(problems, opened.writtenAt);
  const spelled = spellPipeline(opened.value, opened.writtenAt);
  const said = asWritten([...toleratedSyntax(yaml), ...olderReadings(yaml), ...opened.problems]);
  const parsed = Pipeline.safeParse(spelled.value);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue): Problem => {
      const { message, path } = describeValue(issue, spelled.value);
      const place = opened.writtenAt(path).join('.');
      return { severity: 'error', code: 'invalid-value', message: `${place === '' ? 'The file' : place} ${message}.`, path };
    });
    return { content: null, problems: [...locate([...wrong, ...spelled.problems]), ...said], locate };
  }
  const { content, problems } = splitContent(parsed.data);
  return { content, problems: [...said, ...locate([...spelled.problems, ...problems])], locate };
}

const nameOf = (file: string | undefined): string => /([^/]+?)(\.ya?ml)?$/i.exec(file ?? '')?.[1] ?? 'step';

/** The document without its layout, and the layout. */
export function splitLayout(document: Pipeline): DraftContent {
  return splitContent(document).content;
}

function splitContent(document: Pipeline): { content: DraftContent; problems: Problem[] } {
  const { [extensionKey]: extension, ...rest } = document;
  if (extension === null || typeof extension !== 'object' || Array.isArray(extension)) return { content: { document, layout: emptyLayout }, problems: [] };
  const { layout, ...others } = extension as Record<string, unknown>;
  const kept = Object.keys(others).length > 0 ? { ...rest, [extensionKey]: others } : rest;
  const parsed = Layout.safeParse(withoutNull(layout ?? {}));
  if (parsed.success) return { content: { document: kept, layout: ofSteps(parsed.data, rest.jobs) }, problems: [] };
  const path = [extensionKey, 'layout'];
  const message = 'The layout cannot be read, so the steps are placed anew.';
  return { content: { document: kept, layout: emptyLayout }, problems: [{ severity: 'warning', code: 'invalid-value', message, path }] };
}

/** A key with nothing after it says nothing. */
function withoutNull(layout: unknown): unknown {
  if (layout === null || typeof layout !== 'object' || Array.isArray(layout)) return layout;
  return Object.fromEntries(Object.entries(layout).filter(([, value]) => value !== null));
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

type WrittenAt = (path: readonly (string | number)[]) => readonly (string | number)[];

/** A problem that has its place already, as one inside a component's file, keeps it. */
function locateProblem(yaml: YamlText, problem: Problem, { file, writtenAt }: { readonly file: string | undefined; readonly writtenAt: WrittenAt }): Problem {
  if (problem.file !== undefined) return problem;
  const place = problem.line === undefined ? yaml.positionOf(writtenAt(problem.path ?? [])) : {};
  return { ...problem, ...place, ...(file === undefined ? {} : { file }) };
}
