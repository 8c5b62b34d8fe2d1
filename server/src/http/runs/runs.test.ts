import { describe, expect, it } from 'vitest';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { call, finishedRun, runToEnd } from '../../testing/api.ts';
import { sharedTestServer, type TestServer } from '../../testing/test-server.ts';

const step = (command: string, more: Record<string, unknown> = {}) => ({ command, inputs: {}, outputs: {}, ...more });
const makeFiles = [
  'mkdir ${{outputs.tree}}/sub',
  'printf "a,b\\n1.5,x\\n2.5,y\\n" > ${{outputs.tree}}/table.csv',
  'printf 0123456789 > ${{outputs.tree}}/sub/digits.txt',
  'printf "<script>1</script>" > "${{outputs.tree}}/sub/page one.html"',
  'printf hello > ${{outputs.file}}',
].join('; ');
const document = {
  type: 'pipeline',
  display_name: 'Files',
  experiment_name: 'reading',
  jobs: {
    make: step(makeFiles, { outputs: { tree: { type: 'uri_folder', name: 'files', version: '7' }, file: { type: 'uri_file' } } }),
    talk: step('echo first; echo zwölf >&2; exit 3'),
  },
};

describe('a run', () => {
  const server = sharedTestServer();
  let finished: Promise<{ steps: Record<string, StepRun> }> | undefined;
  /** Run 1, of which all tests read. */
  const run = async (): Promise<TestServer> => {
    finished ??= runToEnd(server(), { document, name: 'My run' });
    await finished;
    return server();
  };

  it('is told whole: its snapshot, steps, plan and events without gaps', async () => {
    const { body } = await call(await run(), '/api/runs/1');
    expect(body).toMatchObject({
      id: '1',
      name: 'My run',
      pipelineName: 'Files',
      experiment: 'reading',
      status: 'failed',
      by: 'Ada',
      origin: { kind: 'document' },
    });
    expect(body).toMatchObject({
      snapshot: { document: { display_name: 'Files' } },
      steps: [
        { key: 'make', status: 'completed' },
        { key: 'talk', status: 'failed' },
      ],
    });
    expect((await call(server(), '/api/runs/1/plan')).body).toMatchObject({ steps: [{ key: 'make', decision: 'run' }, { key: 'talk' }] });
    const { items } = (await call(server(), '/api/runs/1/events')).body as { items: { seq: number; type: string }[] };
    expect(items[0]).toMatchObject({ seq: 1, type: 'run:submitted' });
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1));
    const later = (await call(server(), `/api/runs/1/events?after=${items.length - 1}`)).body;
    expect(later).toMatchObject({ items: [{ seq: items.length, changes: { run: { status: 'failed' } } }] });
    for (const path of ['', '/plan', '/events']) expect((await call(server(), `/api/runs/999${path}`)).status).toBe(404);
    expect((await call(server(), '/api/runs/999/cancel', { method: 'POST' })).status).toBe(404);
    expect(await call(server(), '/api/runs/1/cancel', { method: 'POST' })).toMatchObject({ status: 409, body: { code: 'run-ended' } });
  });

  it('is found by status and by text', async () => {
    await run();
    const idsOf = async (query: string): Promise<string[]> =>
      ((await call(server(), `/api/runs?${query}`)).body as { items: { id: string }[] }).items.map(({ id }) => id);
    expect(await idsOf('status=failed')).toContain('1');
    expect(await idsOf('status=completed')).not.toContain('1');
    expect(await idsOf('search=my%20ru')).toEqual(['1']);
    expect(await idsOf('search=nothing')).toEqual([]);
    expect((await call(server(), '/api/runs?status=exploded')).status).toBe(400);
  });

  it('shows the log of a step by bytes, both streams, whole characters', async () => {
    await run();
    const whole = (await call(server(), '/api/runs/1/steps/talk/logs')).body as { text: string; size: number; nextOffset: number };
    expect(whole).toMatchObject({ attempt: 1, isEnded: true, offset: 0 });
    expect(whole.text).toContain('first\nzwölf\n');
    expect(whole.nextOffset).toBe(whole.size);
    let text = '';
    for (let offset = 0; offset < whole.size;) {
      const part = (await call(server(), `/api/runs/1/steps/talk/logs?offset=${offset}&limit=5`)).body as { text: string; nextOffset: number };
      text += part.text;
      offset = part.nextOffset;
    }
    expect(text).toBe(whole.text);
    expect((await call(server(), '/api/runs/1/steps/talk/logs?attempt=2')).status).toBe(404);
    expect((await call(server(), '/api/runs/1/steps/nobody/logs')).status).toBe(404);
  });

  it('gives the bytes of an output, whole or in ranges, as data', async () => {
    const base = `${(await run()).url}/api/runs/1/steps/make/outputs`;
    const file = await fetch(`${base}/file`);
    expect(await file.text()).toBe('hello');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    const range = await fetch(`${base}/tree/sub/digits.txt`, { headers: { Range: 'bytes=2-5', 'Accept-Encoding': 'gzip' } });
    expect(range.status).toBe(206);
    expect(range.headers.get('content-range')).toBe('bytes 2-5/10');
    expect(range.headers.get('content-encoding')).toBeNull();
    expect(await range.text()).toBe('2345');
    expect((await fetch(`${base}/tree/sub/digits.txt`, { headers: { Range: 'bytes=99-' } })).status).toBe(416);
    const page = await fetch(`${base}/tree/sub/page%20one.html`);
    expect(page.headers.get('content-security-policy')).toContain('sandbox');
    expect(page.headers.get('content-disposition')).toContain('page one.html');
  });

  it('lists the files of a folder, and shows what they look like', async () => {
    await run();
    const files = [{ path: 'sub/digits.txt', sizeBytes: 10 }, { path: 'sub/page one.html' }, { path: 'table.csv' }];
    expect((await call(server(), '/api/runs/1/steps/make/outputs/tree')).body).toMatchObject({ kind: 'files', isTruncated: false, files });
    expect((await call(server(), '/api/runs/1/steps/make/outputs/tree/sub')).body).toMatchObject({
      kind: 'files',
      files: [{ path: 'digits.txt' }, { path: 'page one.html' }],
    });
    const table = await call(server(), '/api/runs/1/steps/make/outputs/tree/table.csv?view=preview&offset=1&limit=1');
    expect(table.body).toMatchObject({ kind: 'table', rowCount: 2, columns: [{ name: 'a', kind: 'number' }, { name: 'b' }], rows: [[2.5, 'y']] });
    expect((await call(server(), '/api/runs/1/steps/make/outputs/file?view=preview')).body).toMatchObject({ kind: 'text', text: 'hello' });
  });

  it('never leaves an output by its path', async () => {
    const base = '/api/runs/1/steps/make/outputs';
    await run();
    for (const path of ['tree/..%2F..%2F..%2F..%2Fpipewright.db', 'tree/%2e%2e/%2e%2e', 'tree/nothing.txt', 'tree/sub/a%00b', 'nothing']) {
      expect([path, (await call(server(), `${base}/${path}`)).status]).toEqual([path, 404]);
    }
    expect((await call(server(), '/api/runs/1/steps/talk/outputs/tree')).status).toBe(404);
  });

  it('has its named outputs among the data, under their version', async () => {
    await run();
    const { items } = (await call(server(), '/api/data')).body as { items: { source: string }[] };
    expect(items[0]).toMatchObject({ name: 'files', version: '7', type: 'uri_folder', source: 'run', origin: { run: '1', step: 'make', port: 'tree' } });
    expect(items.filter(({ source }) => source === 'built-in').length).toBeGreaterThanOrEqual(3);
    expect((await call(server(), '/api/models')).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('a step', () => {
  const server = sharedTestServer();

  it('logs metrics and parameters over the MLflow API, which a reused step shows as its donor did', async () => {
    const post = (path: string, body: string): string =>
      `curl -sf -H 'Content-Type: application/json' -d "${body.replaceAll('"', '\\"')}" $MLFLOW_TRACKING_URI/api/2.0/mlflow/${path}`;
    const metric = (value: string, at: number): string =>
      post('runs/log-metric', `{"run_id": "$MLFLOW_RUN_ID", "key": "loss", "value": ${value}, "timestamp": ${at}, "step": ${at}}`);
    const command = [
      metric('0.5', 1),
      metric('"NaN"', 2),
      metric('0.25', 3),
      post('runs/log-parameter', '{"run_id": "$MLFLOW_RUN_ID", "key": "depth", "value": "3"}'),
    ].join(' && ');
    const { steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { learn: step(command) } } });
    expect(steps['learn']).toMatchObject({ status: 'completed' });
    const expected = { metrics: [{ name: 'loss', last: 0.25, points: [{ value: 0.5 }, { value: null }, { value: 0.25 }] }], params: { depth: '3' } };
    expect((await call(server(), '/api/runs/1/steps/learn/metrics')).body).toMatchObject(expected);
    await call(server(), '/api/runs', { body: { document: { type: 'pipeline', jobs: { learn: step(command) } } } });
    expect((await finishedRun(server(), '2')).steps['learn']?.status).toBe('reused');
    expect((await call(server(), '/api/runs/2/steps/learn/metrics')).body).toMatchObject(expected);
    expect((await call(server(), '/api/runs/2/steps/learn/logs')).body).toMatchObject({ attempt: 1, isEnded: true });
    expect((await call(server(), '/api/runs/2/steps/nobody/metrics')).status).toBe(404);
    for (const run of ['1', '2'])
      expect((await call(server(), `/api/runs/${run}/metrics`)).body).toEqual({
        items: [{ step: 'learn', metrics: [{ name: 'loss', last: 0.25, pointCount: 3 }] }],
      });
    expect((await call(server(), '/api/runs/9/metrics')).status).toBe(404);
  });
});
