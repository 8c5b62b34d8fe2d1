import { basename } from 'node:path';
import type { Response } from 'express';
import type { PreviewAnswer, PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { previewOfFiles } from '../../preview/list-files.ts';
import type { TrackedRun } from '../../store/tracking-store.ts';
import { loggedFiles, loggedPath, sendAsData } from '../../tracking/logged-path.ts';
import { answerPreview } from '../answer-preview.ts';
import { notFound } from '../errors.ts';
import type { Services } from '../services.ts';

interface Asked {
  /** Undefined: nothing was ever logged. */
  readonly run: TrackedRun | undefined;
  /** The path of a file; without it all of them are listed. */
  readonly rest: readonly string[];
  readonly query: PreviewQuery;
  /** For the person who asks: `run 3`. */
  readonly what: string;
}

/** What an MLflow run has logged as files: their names, what one looks like, or its bytes, which are written to the response. */
export async function answerLogged(services: Services, response: Response, { run, rest, query, what }: Asked): Promise<{ body: PreviewAnswer } | undefined> {
  if (rest.length === 0) return { body: previewOfFiles(run ? await loggedFiles(services, run) : []) };
  const path = run && (await loggedPath(services, run, rest));
  if (path === undefined) throw notFound(`The logged file ${rest.join('/')} of ${what}`);
  const name = basename(path);
  if (query.view !== undefined) return await answerPreview(services, response, { path, type: 'uri_file', name, query });
  await sendAsData(response, path);
  return undefined;
}
