import { describe, expect, it } from 'vitest';
import { call } from '../../testing/api.ts';
import { sharedTestServer } from '../../testing/test-server.ts';
import { allEndpoints } from '../all-endpoints.ts';

interface OpenApi {
  readonly paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
  readonly components: { schemas: Record<string, unknown> };
}

describe('the documentation', () => {
  const server = sharedTestServer();

  it('describes every endpoint, with a parameter for each place in its path', async () => {
    const { paths, components } = (await call(server(), '/api/openapi.json')).body as OpenApi;
    const described = Object.entries(paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`));
    // An optional rest of a path is a path of its own.
    expect(described).toHaveLength(allEndpoints.length + allEndpoints.filter(({ path }) => path.endsWith('{/*rest}') || path.endsWith('{/*path}')).length);
    expect(described).toContain('get /api/runs/{id}/steps/{key}/outputs/{port}/{rest}');
    for (const [path, verbs] of Object.entries(paths)) {
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(verbs)) {
        expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(places);
      }
    }
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(['Pipeline', 'Problem', 'StepRun']));
  });

  it('can be read in a browser, without anything from elsewhere', async () => {
    const response = await fetch(`${server().url}/api/docs`);
    const page = await response.text();
    expect(page).toContain('/api/openapi.json');
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
  });

  it('has JSON Schemas of the files that people write', async () => {
    for (const [name, property] of Object.entries({ pipeline: 'jobs', component: 'command', environment: 'conda_file' })) {
      const { status, body } = await call(server(), `/schemas/${name}.json`);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain(`"${property}"`);
    }
  });
});
