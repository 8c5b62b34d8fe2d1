import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, finishedRun, runToEnd, stepReaches } from '../testing/api.ts';
import { isGroupAlive } from '../testing/is-group-alive.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer } from '../testing/test-server.ts';

const out = { out: null };
const from = (step: string): string => `\${{parent.jobs.${step}.outputs.out}}`;
const chain = (word: string) => ({
  type: 'pipeline',
  inputs: { word },
  jobs: {
    make: { command: 'echo "${{inputs.word}}" > ${{outputs.out}}/a', inputs: { word: '${{parent.inputs.word}}' }, outputs: out },
    // Puts out the same bytes whatever the word is.
    size: { command: 'test -e ${{inputs.data}}/a && echo 1 > ${{outputs.out}}/n', inputs: { data: from('make') }, outputs: out },
    last: { command: 'cat ${{inputs.data}}/n > ${{outputs.out}}/n', inputs: { data: from('size') }, outputs: out },
  },
});
const statuses = (steps: Record<string, { status: string }>) => Object.fromEntries(Object.entries(steps).map(([key, { status }]) => [key, status]));
/** Waits for a file that the test makes; no clock. */
const waitFor = (file: string): string => `until [ -e ${file} ]; do read -t 0.02 <> <(:) || :; done`;

describe('a run', () => {
  it('completes, and all of it is reused the next time, with the reason', async () => {
    const server = await testServer();
    const first = await runToEnd(server, { document: chain('a') });
    expect(statuses(first.steps)).toEqual({ make: 'completed', size: 'completed', last: 'completed' });
    expect(first.steps['make']).toMatchObject({ reasons: [{ code: 'never-ran' }] });
    const second = await runToEnd(server, { document: chain('a') });
    expect(statuses(second.steps)).toEqual({ make: 'reused', size: 'reused', last: 'reused' });
    expect(second.steps['make']).toMatchObject({ donor: { run: '1', step: 'make' }, reasons: [{ code: 'same', run: '1' }] });
  });

  it('runs again what a changed input reaches, until the bytes are the same again', async () => {
    const server = await testServer();
    await runToEnd(server, { document: chain('a') });
    const { steps } = await runToEnd(server, { document: chain('a'), inputs: { word: 'b' } });
    expect(statuses(steps)).toEqual({ make: 'completed', size: 'completed', last: 'reused' });
    expect(steps['make']).toMatchObject({ reasons: [{ code: 'input-changed', subject: 'word', before: 'a', after: 'b' }] });
    expect(steps['size']).toMatchObject({ reasons: [{ code: 'data-changed', subject: 'data' }] });
  });

  it('ignores earlier results when it is told to, and is a donor afterwards', async () => {
    const server = await testServer();
    await runToEnd(server, { document: chain('a') });
    const forced = await runToEnd(server, { document: chain('a'), force: true });
    expect(statuses(forced.steps)).toEqual({ make: 'completed', size: 'completed', last: 'completed' });
    expect(forced.steps['last']).toMatchObject({ reasons: [{ code: 'forced' }] });
    const again = await runToEnd(server, { document: chain('a') });
    expect(again.steps['make']).toMatchObject({ status: 'reused', donor: { run: '2' } });
  });

  it('plans what it will do', async () => {
    const server = await testServer();
    await runToEnd(server, { document: chain('a') });
    const { body } = await call(server, '/api/plan', { body: { document: chain('a'), inputs: { word: 'b' } } });
    expect(body).toMatchObject({
      steps: [
        { key: 'make', decision: 'run', reasons: [{ code: 'input-changed' }] },
        { key: 'size', decision: 'run-or-reuse', reasons: [{ code: 'upstream-will-run', subject: 'make' }] },
        { key: 'last', decision: 'run-or-reuse' },
      ],
    });
  });

  it('sees that local data behind the same path has changed', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    const file = join(folder, 'data.csv');
    await writeFile(file, 'a\n1\n');
    const document = {
      type: 'pipeline',
      jobs: { read: { command: 'cat ${{inputs.data}} > ${{outputs.out}}/copy', inputs: { data: { type: 'uri_file', path: file } }, outputs: out } },
    };
    await runToEnd(server, { document });
    expect((await runToEnd(server, { document })).steps['read']?.status).toBe('reused');
    await writeFile(file, 'a\n2\n');
    expect((await runToEnd(server, { document })).steps['read']).toMatchObject({ status: 'completed', reasons: [{ code: 'data-changed', subject: 'data' }] });
  });

  it('does not reuse a result whose data changed while the step ran', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    const file = join(folder, 'data.csv');
    await writeFile(file, 'before');
    const document = {
      type: 'pipeline',
      jobs: {
        read: {
          command: `cat \${{inputs.data}}; echo after > ${file}; echo x > \${{outputs.out}}/x`,
          inputs: { data: { type: 'uri_file', path: file } },
          outputs: out,
        },
      },
    };
    const { steps } = await runToEnd(server, { document });
    expect(steps['read']).toMatchObject({ status: 'completed', isReusable: false, notes: [expect.stringContaining('changed while the step ran')] });
  });

  it('says why a step failed, and blocks what needs it while the rest goes on', async () => {
    const server = await testServer();
    const python = `python3 -c "raise KeyError('horse_power')"`;
    const document = {
      type: 'pipeline',
      jobs: {
        bad: { command: `echo about to fail; ${python}; exit 3`, outputs: out },
        after: { command: 'true ${{inputs.data}}', inputs: { data: from('bad') } },
        apart: { command: 'true' },
      },
    };
    const { run, steps } = await runToEnd(server, { document });
    expect(run).toMatchObject({ status: 'failed', error: "bad: KeyError: 'horse_power'" });
    expect(steps['bad']).toMatchObject({ failure: { reason: 'exit-code', exitCode: 3, firstError: "KeyError: 'horse_power'" } });
    expect(steps['after']).toMatchObject({ status: 'blocked', by: ['bad'] });
    expect(steps['apart']?.status).toBe('completed');
  });

  it('tells a step that the system killed from one that failed', async () => {
    const server = await testServer();
    const { steps } = await runToEnd(server, { document: { type: 'pipeline', jobs: { victim: { command: 'kill -KILL $BASHPID' } } } });
    expect(steps['victim']).toMatchObject({ status: 'failed', failure: { reason: 'signal', signal: 'SIGKILL', message: expect.stringContaining('memory') } });
  });

  it('fails a step that wrote nothing to a file output, and says which', async () => {
    const server = await testServer();
    const { steps } = await runToEnd(server, {
      document: { type: 'pipeline', jobs: { idle: { command: 'true ${{outputs.report}}', outputs: { report: { type: 'uri_file' } } } } },
    });
    expect(steps['idle']).toMatchObject({ status: 'failed', failure: { reason: 'outputs', message: expect.stringContaining('report') } });
  });

  it('stops its processes when it is cancelled, one that ignores TERM as well', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    const document = {
      type: 'pipeline',
      jobs: {
        stubborn: { command: `trap '' TERM; touch ${folder}/deaf; ${waitFor(`${folder}/never`)}`, outputs: out },
        next: { command: 'true ${{inputs.data}}', inputs: { data: from('stubborn') } },
      },
      settings: { max_parallel: 1 },
    };
    const running = stepReaches(server, 'stubborn', ({ status }) => status === 'running');
    await call(server, '/api/runs', { body: { document } });
    await running;
    await expect
      .poll(
        async () =>
          await access(`${folder}/deaf`).then(
            () => true,
            () => false,
          ),
      )
      .toBe(true);
    expect((await call(server, '/api/runs/1/cancel', { method: 'POST' })).status).toBe(202);
    const { run, steps } = await finishedRun(server, '1');
    expect(run.status).toBe('cancelled');
    expect(statuses(steps)).toEqual({ stubborn: 'cancelled', next: 'cancelled' });
    expect(steps['stubborn']).toMatchObject({ by: 'Ada' });
    const [pid] = (await readFile(join(server.home, 'runs/1/stubborn/1/pid'), 'utf8')).split(' ');
    // Its ending is told by the folder; the system takes a moment to bury it.
    await expect.poll(async () => await isGroupAlive(Number(pid)), { timeout: 10_000 }).toBe(false);
    expect((await call(server, '/api/runs/1/cancel', { method: 'POST' })).status).toBe(409);
  });

  it('lives through a restart: the step is adopted and runs once', async () => {
    const folder = await tempFolder();
    const home = await tempFolder();
    const document = {
      type: 'pipeline',
      jobs: {
        first: { command: `echo ran >> ${folder}/first; echo x > \${{outputs.out}}/x`, outputs: out },
        second: {
          command: `echo ran >> ${folder}/second; ${waitFor(`${folder}/go`)}; cat \${{inputs.data}}/x > \${{outputs.out}}/x`,
          inputs: { data: from('first') },
          outputs: out,
        },
      },
    };
    const before = await testServer({ home });
    const running = stepReaches(before, 'second', ({ status }) => status === 'running');
    await call(before, '/api/runs', { body: { document } });
    await running;
    await before.close();
    const after = await testServer({ home });
    await writeFile(`${folder}/go`, '');
    const { run, steps } = await finishedRun(after, '1');
    expect(run.status).toBe('completed');
    expect(steps['second']).toMatchObject({ attempts: 1 });
    expect(await readFile(`${folder}/first`, 'utf8')).toBe('ran\n');
    expect(await readFile(`${folder}/second`, 'utf8')).toBe('ran\n');
  });

  it('tries a step again that Ctrl-C interrupted, when the server is back', async () => {
    const folder = await tempFolder();
    const home = await tempFolder();
    const document = { type: 'pipeline', jobs: { slow: { command: `echo ran >> ${folder}/ran; ${waitFor(`${folder}/go`)}` } } };
    const before = await testServer({ home });
    const running = stepReaches(before, 'slow', ({ status }) => status === 'running');
    await call(before, '/api/runs', { body: { document } });
    await running;
    await before.scheduler.interrupt();
    await before.close();
    await writeFile(`${folder}/go`, '');
    const after = await testServer({ home });
    const { run, steps } = await finishedRun(after, '1');
    expect(run.status).toBe('completed');
    expect(steps['slow']).toMatchObject({ attempts: 2, notes: [expect.stringContaining('interrupted')] });
  });

  it('says that an attempt is lost when its process vanished with the server', async () => {
    const home = await tempFolder();
    const folder = await tempFolder();
    const document = { type: 'pipeline', jobs: { gone: { command: waitFor(`${folder}/never`) } } };
    const before = await testServer({ home });
    const running = stepReaches(before, 'gone', ({ status }) => status === 'running');
    await call(before, '/api/runs', { body: { document } });
    await running;
    const attempt = join(home, 'runs/1/gone/1');
    await expect.poll(async () => await readFile(join(attempt, 'pid'), 'utf8').catch(() => '')).toMatch(/^\d+ \d+\n$/);
    await before.close();
    const [pid] = (await readFile(join(attempt, 'pid'), 'utf8')).split(' ');
    process.kill(-Number(pid), 'SIGKILL');
    const after = await testServer({ home });
    const { run, steps } = await finishedRun(after, '1');
    expect(run.status).toBe('failed');
    expect(steps['gone']).toMatchObject({ status: 'lost', failure: { reason: 'lost' } });
  });

  it('gives a step the working folder, outputs and variables of the contract', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src', 'hello.sh'), 'echo hello from $PWD');
    await writeFile(join(folder, 'extra.txt'), 'extra');
    const file = join(folder, 'pipeline.yml');
    await writeFile(
      file,
      `type: pipeline
jobs:
  look:
    command: >-
      ls; sh hello.sh; cat extra.txt; test -z "$(ls -A \${{outputs.tree}})" && echo empty; test ! -e \${{outputs.file}} && echo no file;
      echo x > \${{outputs.file}}; echo on=\${{inputs.on}} text="$PIPEWRIGHT_INPUT_text"; echo uri=$MLFLOW_TRACKING_URI $[[--never \${{inputs.never}}]]
    code: ./src
    additional_includes: [./extra.txt]
    inputs: { on: true, text: "it's \\"quoted\\" $HOME", never: null }
    outputs: { tree: null, file: { type: uri_file } }
`,
    );
    const { steps } = await runToEnd(server, { file });
    const log = await call(server, '/api/runs/1/steps/look/logs');
    expect(steps['look']?.status, JSON.stringify(log.body)).toBe('completed');
    const { text } = log.body as { text: string };
    expect(text).toContain('extra.txt\nhello.sh\nlogs\noutputs\n');
    expect(text).toContain('extra');
    expect(text).toContain('empty\nno file\n');
    expect(text).toContain(`on=True text=it's "quoted" $HOME\n`);
    expect(text).toContain(`uri=${server.url}/mlflow\n`);
  });
});
