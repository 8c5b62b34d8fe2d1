import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../logger.ts';
import { call } from '../testing/api.ts';
import { endpoint, type AnyEndpoint } from './endpoint.ts';
import { errorHandler, HttpError } from './errors.ts';
import type { Services } from './services.ts';

/** Serves one endpoint as the application does; none of these calls a service. */
async function serve({ method, path, serve: toHandler }: AnyEndpoint): Promise<{ url: string }> {
  const app = express();
  app.use(express.json());
  app[method](path, toHandler({} as Services));
  app.use(errorHandler(createLogger('silent')));
  const http = createServer(app).listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => void http.close());
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return { url: `http://127.0.0.1:${address.port}` };
}

describe('endpoint', () => {
  it('answers through its schema: what is not in it does not leave the server', async () => {
    const server = await serve(
      endpoint({
        method: 'get',
        path: '/person',
        summary: '',
        result: z.object({ name: z.string() }),
        handle: async () => {
          const row = { name: 'Ada', password: 'secret' };
          return { body: row };
        },
      }),
    );
    expect(await call(server, '/person')).toEqual({ status: 200, body: { name: 'Ada' } });
  });

  it('refuses what its schemas do not know, and says what and where', async () => {
    const server = await serve(
      endpoint({
        method: 'post',
        path: '/things',
        summary: '',
        body: z.strictObject({ size: z.object({ width: z.int() }) }),
        result: z.object({}),
        handle: async () => ({ body: {} }),
      }),
    );
    const wrong = await call(server, '/things', { body: { size: { width: 'wide' }, colour: 'red' } });
    expect(wrong).toMatchObject({ status: 400, body: { type: 'about:blank', status: 400, code: 'invalid-request' } });
    expect(wrong.body).toMatchObject({ detail: 'size.width must be a number. The request has unknown keys: colour.' });
  });

  it('refuses a body where none is wanted', async () => {
    const server = await serve(endpoint({ method: 'post', path: '/go', summary: '', result: z.object({}), handle: async () => ({ body: {} }) }));
    expect((await call(server, '/go', { method: 'POST' })).status).toBe(200);
    expect(await call(server, '/go', { body: { fast: true } })).toMatchObject({ status: 400, body: { detail: 'The request has unknown keys: fast.' } });
  });

  it('turns failures into problem details: known ones by their words, the rest without any', async () => {
    const failing = (error: Error) =>
      endpoint({
        method: 'get',
        path: '/fail',
        summary: '',
        result: z.object({}),
        handle: async () => {
          throw error;
        },
      });
    const known = await serve(failing(new HttpError(409, 'too-late', { title: 'Too late', detail: 'Come earlier.' })));
    expect(await call(known, '/fail')).toEqual({
      status: 409,
      body: { type: 'about:blank', status: 409, code: 'too-late', title: 'Too late', detail: 'Come earlier.' },
    });
    const bug = await serve(failing(new Error('connection string: secret')));
    const answer = await call(bug, '/fail');
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    const full = await serve(failing(Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })));
    expect(await call(full, '/fail')).toMatchObject({ status: 507, body: { code: 'storage', title: 'The data folder cannot be used: the disk is full' } });
  });
});
