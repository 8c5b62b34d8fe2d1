import { ProblemDetails } from '@pipewright/shared/http/problem-details.ts';
import { nameHeader } from '@pipewright/shared/http/workspace.ts';
import { z } from 'zod';
import { usePreferences } from '../ui/preferences.ts';
import { ApiError } from './api-error.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** In place of a body: sent as they are. */
  readonly bytes?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Lets the request outlive the page (for the last words of a closing tab). */
  readonly keepalive?: boolean;
}

/** Asks the server and reads the answer through its schema. Everything that goes wrong is an `ApiError`. */
export async function request<T extends z.ZodType>(path: string, schema: T, options: RequestOptions = {}): Promise<z.infer<T>> {
  const response = await send(path, options);
  return schema.parse(await response.json());
}

/** For answers without a body. */
export async function requestNothing(path: string, options: RequestOptions): Promise<void> {
  await send(path, options);
}

/** For answers that are files, with the names that the server gives them. */
export async function requestFile(path: string): Promise<{ readonly content: Blob; readonly name: string }> {
  const response = await send(path, {});
  const name = /filename="?([^";]+)"?/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'export';
  return { content: await response.blob(), name };
}

/** For answers that are texts, as they come in: piece by piece. */
export async function requestText(path: string, onText: (piece: string) => void, options: RequestOptions): Promise<void> {
  const { body } = await send(path, options);
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) onText(decoder.decode(part.value, { stream: true }));
}

/** Joins parts of a path, each escaped: a step's key may hold `/`. */
export function apiPath(...parts: readonly string[]): string {
  return `/api/${parts.map(encodeURIComponent).join('/')}`;
}

export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function send(path: string, { method = 'GET', body, bytes, headers, signal, keepalive }: RequestOptions): Promise<Response> {
  const { ownName } = usePreferences.getState();
  const init: RequestInit = {
    method,
    headers: {
      ...(ownName === '' ? {} : { [nameHeader]: encodeURIComponent(ownName) }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(bytes ? { 'Content-Type': 'application/octet-stream' } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(bytes ? { body: bytes } : {}),
    ...(signal === undefined ? {} : { signal }),
    ...(keepalive === undefined ? {} : { keepalive }),
  };
  const response = await fetch(path, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({
      type: 'about:blank',
      status: 0,
      code: 'unreachable',
      title: 'The server does not answer.',
      detail: 'Is Pipewright still running in its terminal?',
    });
  });
  if (!response.ok) throw await toApiError(response);
  return response;
}

/** How the part of the server answers that speaks MLflow's language. */
const TrackingProblem = z.object({ error_code: z.string(), message: z.string() });

async function toApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const problem = ProblemDetails.safeParse(body);
  if (problem.success) return new ApiError(problem.data, body);
  const tracking = TrackingProblem.safeParse(body);
  if (tracking.success)
    return new ApiError({ type: 'about:blank', status: response.status, code: tracking.data.error_code, title: tracking.data.message }, body);
  const title = `The server answered ${response.status} ${response.statusText}`.trim();
  return new ApiError({ type: 'about:blank', status: response.status, code: `http-${response.status}`, title: `${title}.` }, body);
}
