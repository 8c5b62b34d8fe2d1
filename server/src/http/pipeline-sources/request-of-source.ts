import { isAbsolute, resolve } from 'node:path';
import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { SubmitRun } from '@pipewright/shared/http/runs.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { readPipelineFile } from '../../resolve/read-pipeline-file.ts';
import type { RunRequest } from '../../scheduler/scheduler.ts';
import { HttpError, notFound, withProblems } from '../errors.ts';
import type { Services } from '../services.ts';

/** Gives problems their file, line and column where the source is a file. */
type Locate = (problems: readonly Problem[]) => Problem[];

export type ReadSource =
  | { readonly ok: true; readonly request: RunRequest; readonly locate: Locate }
  /** The file is there, but it is no pipeline. */
  | { readonly ok: false; readonly file: string; readonly problems: readonly Problem[] };

/** What the command line and scripts name, as something to be planned or run. */
export async function requestOfSource(services: Services, source: SubmitRun): Promise<Extract<ReadSource, { ok: true }>> {
  const read = await readSource(services, source);
  if (!read.ok) throw withProblems(`${read.file} is not a pipeline that can be read`, read.problems);
  return read;
}

export async function readSource(services: Services, source: SubmitRun): Promise<ReadSource> {
  const { file, document, pipeline, gallery, ...options } = source;
  const by = await services.displayName();
  if (file !== undefined) return await fromFile(file, { by, options });
  if (document) {
    const request: RunRequest = { document, layout: emptyLayout, folder: null, origin: { kind: 'document' }, by, options };
    return { ok: true, request, locate: (problems) => [...problems] };
  }
  if (gallery !== undefined) {
    const sample = services.samples.find(({ name }) => name === gallery);
    if (!sample) {
      const names = services.samples.map(({ name }) => name);
      throw notFound(`The gallery pipeline ${gallery}`, didYouMean(gallery, names));
    }
    return await fromFile(sample.file, { by, options }, gallery);
  }
  const [name = '', version = 'latest'] = (pipeline ?? '').split(':');
  const published = await services.store.pipelines.get(name, version);
  if (!published) {
    const known = (await services.store.pipelines.list({ limit: 500 })).items.map((each) => each.name);
    throw notFound(`The published pipeline ${pipeline}`, didYouMean(name, known));
  }
  const { folder } = published;
  const origin = { kind: 'pipeline' as const, name, version: published.version };
  return { ok: true, request: { ...contentOf(published), folder, origin, by, options }, locate: (problems) => [...problems] };
}

async function fromFile(file: string, { by, options }: Pick<RunRequest, 'by' | 'options'>, gallery?: string): Promise<ReadSource> {
  if (!isAbsolute(file)) throw new HttpError(400, 'invalid-request', { title: 'Give the whole path of the file', detail: `${file} is a relative path.` });
  const path = resolve(file);
  const read = await readPipelineFile(path);
  if (!read) throw new HttpError(404, 'not-found', `The file ${path} does not exist or cannot be read`);
  const { content, problems, folder, text } = read;
  const locate = (found: readonly Problem[]): Problem[] => [...problems, ...read.locate(found)];
  if (!content) return { ok: false, file: path, problems };
  const origin = gallery === undefined ? { kind: 'file' as const, file: path } : { kind: 'gallery' as const, name: gallery };
  return { ok: true, request: { ...content, text, folder, origin, by, options }, locate };
}
