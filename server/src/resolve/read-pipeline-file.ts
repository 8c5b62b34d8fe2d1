import { readTextFile } from '../read-text-file.ts';
import { dirname, isAbsolute, resolve } from 'node:path';
import { parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { emptyPipeline, PipelineSettings } from '@pipewright/shared/pipeline/pipeline.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import { readPipeline, type PipelineText } from '@pipewright/shared/yaml/read-pipeline.ts';

/** A file that was opened as a pipeline. */
export interface PipelineFile extends Omit<PipelineText, 'names'> {
  /** Relative paths in the document are resolved against it. */
  readonly folder: string;
}

type Named = NonNullable<PipelineText['names']>;

/** Null: the file does not exist or cannot be read. */
export async function readPipelineFile(file: string): Promise<PipelineFile | null> {
  const text = await readTextFile(file);
  if (text === null) return null;
  const { names, ...read } = readPipeline(text, file);
  if (!names) return { ...read, folder: dirname(file) };
  const reference = parseComponentReference(names.reference);
  if (reference.kind === 'registered') return { ...read, content: oneStepOf(names, reference.name), folder: dirname(file) };
  return await followed(names, isAbsolute(reference.path) ? reference.path : resolve(dirname(file), reference.path), read);
}

/** The file that a schedule or a deployment names, with what is said there in its stead. */
async function followed(names: Named, target: string, from: Omit<PipelineText, 'names'>): Promise<PipelineFile> {
  const text = await readTextFile(target);
  const found = text === null ? null : readPipeline(text, target);
  if (!found?.content) {
    const why = found?.problems ?? [missing(names, target)];
    return { content: null, problems: [...from.locate(why), ...from.problems], locate: from.locate, folder: dirname(target) };
  }
  return {
    content: withSaid(found.content, names),
    problems: [...from.problems, ...found.problems],
    locate: found.locate,
    text: found.text,
    folder: dirname(target),
  };
}

const missing = ({ reference }: Named, target: string): Problem => ({
  severity: 'error',
  code: 'missing-file',
  message: `It names the pipeline ${reference}, and there is no file ${target}.`,
  path: ['create_job'],
});

function withSaid({ document, layout }: DraftContent, { inputs, settings, experiment }: Named): DraftContent {
  const given = Object.entries(inputs).flatMap(([name, value]): [string, PipelineInput][] => {
    const parsed = PipelineInput.safeParse(value);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  const said = PipelineSettings.safeParse({ ...document.settings, ...settings });
  return {
    document: {
      ...document,
      inputs: { ...document.inputs, ...Object.fromEntries(given) },
      settings: said.success ? said.data : document.settings,
      ...(experiment === undefined ? {} : { experiment_name: experiment }),
    },
    layout,
  };
}

/** A registered pipeline component, as the one step of a pipeline. */
function oneStepOf(names: Named, name: string): DraftContent {
  const step = { component: names.reference, inputs: {}, outputs: {} };
  return withSaid({ document: { ...emptyPipeline(name), jobs: { [makeStepKey(name, {})]: step } }, layout: emptyLayout }, names);
}
