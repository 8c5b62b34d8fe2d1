import { request as httpRequest } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer, testServer, type TestServer } from '../testing/test-server.ts';

describe('the application', () => {
  const server = sharedTestServer();

  it('answers callers on this machine and no page from elsewhere', async () => {
    const { host } = new URL(server().url);
    const statusOf = async (headers: Record<string, string>): Promise<number> => await statusWith(server(), headers);
    expect(await statusOf({ host })).toBe(200);
    expect(await statusOf({ host, origin: `http://${host}` })).toBe(200);
    expect(await statusOf({ host, origin: 'http://evil.example' })).toBe(403);
    // Another program's page on this machine, and one without an address.
    expect(await statusOf({ host, origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await statusOf({ host, origin: 'null' })).toBe(403);
    // A name of theirs that points at us.
    expect(await statusOf({ host: `evil.example:${new URL(server().url).port}` })).toBe(403);
    // Their image or script; a link that somebody followed.
    expect(await statusOf({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await statusOf({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
  });

  it('says what is wrong with a request that no endpoint sees', async () => {
    expect(await call(server(), '/api/nothing')).toMatchObject({ status: 404, body: { code: 'not-found', title: 'GET /api/nothing is not part of the API' } });
    expect(await call(server(), '/schemas/nothing.json')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await call(server(), '/api/drafts', { method: 'POST', body: '{"name": ' })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    const form = { method: 'POST', body: 'force=true', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
    expect(await call(server(), '/api/runs', form)).toMatchObject({ status: 415, body: { code: 'not-json' } });
    const huge = JSON.stringify({ name: 'x'.repeat(33 * 1024 * 1024) });
    expect(await call(server(), '/api/drafts', { method: 'POST', body: huge })).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await call(server(), '/api/runs/abc')).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });

  it('answers errors as problem details, and nothing of the API is cached', async () => {
    const response = await fetch(`${server().url}/api/runs/999`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('tells how it stands', async () => {
    expect(await call(server(), '/api/health')).toMatchObject({ status: 200, body: { status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) } });
    const metrics = await (await fetch(`${server().url}/metrics`)).text();
    expect(metrics).toContain('pipewright_runs{status="completed"} 0');
    expect(metrics).toContain('process_resident_memory_bytes');
  });

  it('keeps the name that marks drafts and runs', async () => {
    expect(await call(server(), '/api/workspace')).toMatchObject({ body: { displayName: 'Ada', slots: 2, home: server().home } });
    expect(await call(server(), '/api/workspace', { method: 'PUT', body: { displayName: '' } })).toMatchObject({ status: 400 });
    expect(await call(server(), '/api/workspace', { method: 'PUT', body: { displayName: 'Grace' } })).toMatchObject({ body: { displayName: 'Grace' } });
    const draft = await call(server(), '/api/drafts', { body: { name: 'Mine' } });
    expect(draft.status).toBe(201);
    expect(await call(server(), '/api/drafts')).toMatchObject({ body: { items: [{ name: 'Mine', by: 'Grace' }] } });
  });

  it('says that there is no page where it was started without', async () => {
    const response = await fetch(server().url);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('pipewright start');
  });
});

describe('the page', () => {
  it('is one document for all routes; assets are kept for ever, and compressed', async () => {
    const pageFolder = await tempFolder();
    await mkdir(join(pageFolder, 'assets'));
    await writeFile(join(pageFolder, 'index.html'), '<title>Pipewright</title>');
    await writeFile(join(pageFolder, 'assets', 'page-1a2b.js'), `"${'x'.repeat(4000)}"`);
    const { url } = await testServer({ pageFolder });
    for (const route of ['/', '/runs/1/steps/train/logs', '/drafts/abc']) {
      const response = await fetch(url + route);
      expect(await response.text()).toBe('<title>Pipewright</title>');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    }
    const asset = await fetch(`${url}/assets/page-1a2b.js`, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect((await asset.text()).length).toBe(4002);
    const missing = await fetch(`${url}/assets/gone.js`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ code: 'not-found' });
  });
});

/** `fetch` writes Host and Origin itself. */
async function statusWith({ url }: TestServer, headers: Record<string, string>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = httpRequest(`${url}/api/health`, { headers }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  request.once('error', reject);
  request.end();
  return await promise;
}
