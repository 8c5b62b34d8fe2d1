import type { Response } from 'express';
import type { PreviewAnswer, PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { TableChart, TableView } from '@pipewright/shared/http/table-view.ts';
import type { AboutTable, PreviewRequest } from '../preview/previewer.ts';
import { HttpError } from './errors.ts';
import type { Services } from './services.ts';
import type { z } from 'zod';

interface Asked extends Pick<PreviewRequest, 'path' | 'type' | 'name'> {
  readonly query: PreviewQuery;
}

/** What bytes look like, as the query asks; whoever goes away before it is there stops the work. */
export async function answerPreview({ previewer }: Services, response: Response, { query, ...shown }: Asked): Promise<{ body: PreviewAnswer }> {
  const { offset, limit } = query;
  const about = aboutOf(query);
  const table = query.table === undefined ? undefined : parseJson('table', query.table, TableView);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const request: PreviewRequest = { ...shown, offset, limit, ...(table ? { table } : {}), ...(about ? { about } : {}) };
  return { body: await previewer.preview(request, gone.signal) };
}

function aboutOf({ view, profile, chart, column }: PreviewQuery): AboutTable | undefined {
  if (view === 'profile') return { kind: 'profile' };
  if (view === 'relations') return { kind: 'relations', column: column ?? '' };
  if (view === 'chart') return { kind: 'chart', chart: parseJson('chart', chart ?? '', TableChart) };
  return profile === 'later' ? { kind: 'rows-only' } : undefined;
}

function parseJson<T extends z.ZodType>(name: string, text: string, schema: T): z.output<T> {
  const refused = (detail: string): HttpError => new HttpError(400, 'invalid-request', { title: `“${name}” is not understood`, detail });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused('It is JSON.');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refused(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '));
  return parsed.data;
}
