import { describe, expect, it } from 'vitest';
import { call } from '../../testing/api.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

describe('runs of notebooks', () => {
  const server = sharedTestServer();
  const mlflow = async (path: string, body: unknown): Promise<unknown> => (await call(server(), `/mlflow/api/2.0/mlflow/${path}`, { body })).body;
  const startRun = async (): Promise<string> => {
    const { run } = (await mlflow('runs/create', { run_name: 'ridge' })) as { run: { info: { run_id: string } } };
    return run.info.run_id;
  };

  it('give their curves, thinned, and their params', async () => {
    const run = await startRun();
    for (const first of [0, 1000]) {
      const metrics = Array.from({ length: 1000 }, (_, index) => ({ key: 'loss', value: first + index === 1234 ? 99 : 1, timestamp: 1, step: first + index }));
      await mlflow('runs/log-batch', { run_id: run, metrics });
    }
    await mlflow('runs/log-parameter', { run_id: run, key: 'alpha', value: '0.5' });
    const { body } = await call(server(), `/api/tracked-runs/${run}/metrics`);
    const { metrics, params } = body as { metrics: { points: { step: number; value: number }[] }[]; params: unknown };
    expect(params).toEqual({ alpha: '0.5' });
    expect(metrics).toMatchObject([{ name: 'loss', last: 1 }]);
    expect(metrics[0]?.points.length).toBeLessThanOrEqual(1000);
    expect(metrics[0]?.points).toContainEqual(expect.objectContaining({ step: 1234, value: 99 }));
  });

  it('give the files that were logged: their names, what one looks like, its bytes as data', async () => {
    const run = await startRun();
    const files = `/api/tracked-runs/${run}/logged`;
    expect(await call(server(), files)).toMatchObject({ status: 200, body: { kind: 'files', files: [] } });
    const put = await fetch(`${server().url}/mlflow/api/2.0/mlflow-artifacts/artifacts/runs/${run}/plots/a%20b.txt`, { method: 'PUT', body: 'hello' });
    expect(put.status).toBe(200);
    expect(await call(server(), files)).toMatchObject({ body: { files: [{ path: 'plots/a b.txt', sizeBytes: 5 }] } });
    expect(await call(server(), `${files}/plots/a%20b.txt?view=preview`)).toMatchObject({ body: { kind: 'text', text: 'hello' } });
    const bytes = await fetch(`${server().url}${files}/plots/a%20b.txt`);
    expect(await bytes.text()).toBe('hello');
    expect(bytes.headers.get('content-security-policy')).toContain('sandbox');
    expect(await call(server(), `${files}/..%2Fother`)).toMatchObject({ status: 404, body: { title: expect.stringContaining(`of run ${run}`) } });
  });

  it('are not found under an id that no client was given', async () => {
    for (const part of ['metrics', 'logged'])
      expect(await call(server(), `/api/tracked-runs/nope/${part}`)).toMatchObject({ status: 404, body: { title: 'The MLflow run nope does not exist' } });
  });
});

describe("a link of MLflow's clients", () => {
  const server = sharedTestServer();

  it('leads a browser to the page, and a program nowhere, as before', async () => {
    for (const path of ['/mlflow', '/mlflow/']) {
      const page = await fetch(server().url + path, { redirect: 'manual', headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
      expect([page.status, page.headers.get('location')]).toEqual([302, '/tracked']);
      for (const Accept of ['*/*', 'application/json']) {
        const program = await fetch(server().url + path, { redirect: 'manual', headers: { Accept } });
        expect(program.status).toBe(404);
        expect(await program.json()).toMatchObject({ error_code: 'ENDPOINT_NOT_FOUND' });
      }
    }
    const below = await fetch(`${server().url}/mlflow/version`, { redirect: 'manual', headers: { Accept: 'text/html' } });
    expect(below.status).toBe(404);
  });
});
