import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Plan } from '@pipewright/shared/run/plan.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { call, finishedRun, runToEnd, stepReaches } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer, testServer } from '../testing/test-server.ts';

const out = { out: null };
const outputOf = (step: string, output = 'out'): string => `\${{parent.jobs.${step}.outputs.${output}}}`;
const statuses = (steps: Record<string, { status: string }>) => Object.fromEntries(Object.entries(steps).map(([key, { status }]) => [key, status]));
const pipeline = (jobs: Record<string, unknown>, settings: Record<string, unknown> = {}) => ({ document: { type: 'pipeline', settings, jobs } });
/** Waits for a file that the test makes; no clock. */
const waitFor = (file: string): string => `until [ -e ${file} ]; do read -t 0.02 <> <(:) || :; done`;

describe('control flow', () => {
  const server = sharedTestServer();

  it('tries a failed step again, each attempt in a folder of its own', async () => {
    const folder = await tempFolder();
    const flaky = `echo try >> ${folder}/tries; [ "$(wc -l < ${folder}/tries)" = 3 ] && echo done > \${{outputs.out}}/x`;
    const { run, steps } = await runToEnd(server(), pipeline({ flaky: { command: flaky, outputs: out, retries: { count: 3, backoff: 0.01 } } }));
    expect(run.status).toBe('completed');
    expect(steps['flaky']).toMatchObject({ attempts: 3 });
    const { body } = await call(server(), `/api/runs/${run.id}/events`);
    const waits = body !== null && typeof body === 'object' && 'items' in body && Array.isArray(body.items) ? body.items : [];
    expect(waits.filter(({ type }) => type === 'step:retry-due')).toHaveLength(2);
  });

  it('stops a step whose time is up, and says so', async () => {
    const folder = await tempFolder();
    const { run, steps } = await runToEnd(server(), pipeline({ slow: { command: waitFor(`${folder}/never`), limits: { timeout: 0.3 } } }));
    expect(run.status).toBe('failed');
    expect(steps['slow']).toMatchObject({ status: 'timed-out', failure: { reason: 'timeout', message: expect.stringContaining('0.3 s') } });
  });

  it('stops a run whose time is up, and does its last step all the same', async () => {
    const folder = await tempFolder();
    const jobs = { slow: { command: waitFor(`${folder}/never`) }, tidy: { command: `echo tidied > ${folder}/tidied` } };
    const { run, steps } = await runToEnd(server(), pipeline(jobs, { timeout: 0.5, on_finalize: 'tidy' }));
    expect(run.status).toBe('timed-out');
    expect(statuses(steps)).toEqual({ slow: 'cancelled', tidy: 'completed' });
    expect(await readFile(`${folder}/tidied`, 'utf8')).toBe('tidied\n');
  });

  it('hands values from step to step: as inputs, inside texts and in conditions', async () => {
    const jobs = {
      count: { command: 'echo 12 > ${{outputs.rows}}', outputs: { rows: { type: 'integer' } } },
      tell: {
        command: 'echo "${{inputs.rows}} ${{inputs.text}}" > ${{outputs.out}}/told',
        inputs: { rows: outputOf('count', 'rows'), text: `there are ${outputOf('count', 'rows')} rows` },
        outputs: out,
      },
      many: { command: 'true', when: `${outputOf('count', 'rows')} > 100` },
      few: { command: 'true', when: `${outputOf('count', 'rows')} <= 100` },
    };
    const { run, steps } = await runToEnd(server(), pipeline(jobs));
    expect(statuses(steps)).toEqual({ count: 'completed', tell: 'completed', many: 'skipped', few: 'completed' });
    expect(run.status).toBe('completed');
    const told = await fetch(`${server().url}/api/runs/${run.id}/steps/tell/outputs/out/told`);
    expect(await told.text()).toBe('12 there are 12 rows\n');
  });

  it('refuses what is no value of the type that an output was given', async () => {
    const { steps } = await runToEnd(server(), pipeline({ count: { command: 'echo many > ${{outputs.rows}}', outputs: { rows: { type: 'integer' } } } }));
    expect(steps['count']).toMatchObject({ status: 'failed', failure: { message: expect.stringContaining('"many"') } });
  });

  it('begins a step after those it is to follow', async () => {
    const folder = await tempFolder();
    const jobs = { b: { command: `cat ${folder}/a`, depends_on: 'a' }, a: { command: `echo a > ${folder}/a` } };
    expect((await runToEnd(server(), pipeline(jobs))).run.status).toBe('completed');
  });

  it('runs a step once for each item, collects what they put out, and takes the items from a list, a value or a folder', async () => {
    const each = (items: unknown) => ({
      command: 'echo "<$(basename "${{inputs.item}}")>" > ${{outputs.out}}/x',
      outputs: out,
      for_each: { items, max_parallel: 2 },
    });
    const jobs = {
      names: { command: `echo '["c", "d"]' > \${{outputs.list}}`, outputs: { list: { type: 'string' } } },
      files: { command: 'echo 1 > ${{outputs.out}}/f2.txt; echo 2 > ${{outputs.out}}/f1.txt', outputs: out },
      over_list: each(['a', 'b', 3]),
      over_value: each(outputOf('names', 'list')),
      over_folder: each(outputOf('files')),
      all: {
        command: 'cat ${{inputs.a}}/*/x ${{inputs.b}}/*/x ${{inputs.c}}/*/x > ${{outputs.out}}/all',
        inputs: { a: outputOf('over_list'), b: outputOf('over_value'), c: outputOf('over_folder') },
        outputs: out,
      },
    };
    const { run, steps } = await runToEnd(server(), pipeline(jobs));
    expect(run.error).toBeNull();
    const all = await fetch(`${server().url}/api/runs/${run.id}/steps/all/outputs/out/all`);
    expect((await all.text()).split('\n')).toEqual(['<a>', '<b>', '<3>', '<c>', '<d>', '<f1.txt>', '<f2.txt>', '']);
    expect(steps['over_list']).toMatchObject({ items: { total: 3, ended: 3, failed: 0 } });
    expect(steps['over_list/3']).toMatchObject({ status: 'completed' });
    const again = await runToEnd(server(), pipeline(jobs));
    expect(statuses(again.steps)).toMatchObject({ 'over_list/1': 'reused', 'over_folder/2': 'reused', all: 'reused' });
  });

  it('goes over data by name, each item found as an input is, and refuses what is neither value nor data', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'north.csv'), 'north\n');
    const over = (items: unknown) => ({
      component: { command: 'cat ${{inputs.trips}}; echo ${{inputs.rate}}', inputs: { trips: { type: 'uri_file' }, rate: { type: 'number', default: 1 } } },
      for_each: { items, by_name: true },
    });
    const north = { type: 'uri_file', path: join(folder, 'north.csv') };
    const { run, steps } = await runToEnd(server(), pipeline({ each: over([{ trips: north }, { trips: north, rate: 2 }]) }));
    expect(run.error).toBeNull();
    expect(steps['each']).toMatchObject({ status: 'completed', items: { total: 2, failed: 0 } });
    const log = await fetch(`${server().url}/api/runs/${run.id}/steps/${encodeURIComponent('each/2')}/logs`);
    expect(await log.text()).toContain('north\\n2\\n');
    expect(await call(server(), '/api/runs', { body: pipeline({ each: over([{ trips: [1] }]) }) })).toMatchObject({
      status: 422,
      body: { problems: [{ code: 'invalid-value', message: expect.stringContaining('item 1: trips is neither a value nor data') }] },
    });
    expect(await call(server(), '/api/runs', { body: pipeline({ each: over([{ trips: { path: join(folder, 'gone.csv') } }]) }) })).toMatchObject({
      status: 422,
      body: { problems: [{ code: 'missing-file' }] },
    });
  });

  it('takes nothing from an item that says null: what the step is given stays', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'a.csv'), 'of the item\n');
    await writeFile(join(folder, 'b.csv'), 'of the step\n');
    const component = { command: 'cat ${{inputs.file}}; echo ${{inputs.rate}}', inputs: { file: { type: 'uri_file' }, rate: { type: 'number' } } };
    const work = { component, inputs: { file: { path: join(folder, 'b.csv') }, rate: 5 } };
    const values = { ...work, for_each: { by_name: true, items: [{ rate: 1 }, { rate: null }] } };
    const data = { ...work, for_each: { by_name: true, items: [{ file: { path: join(folder, 'a.csv') } }, { file: null, rate: null }] } };
    const { run } = await runToEnd(server(), pipeline({ values, data }));
    expect(run.error).toBeNull();
    for (const step of ['values/2', 'data/2']) {
      const log = await fetch(`${server().url}/api/runs/${run.id}/steps/${encodeURIComponent(step)}/logs`);
      expect(await log.text()).toContain('of the step\\n5\\n');
    }
  });

  it('plans a loop over maps that a step puts out by what the loop itself gives, not by what its items gave', async () => {
    const component = {
      command: 'echo ${{inputs.letter}} ${{inputs.k}} ${{inputs.rate}}',
      inputs: { letter: { type: 'string' }, k: { type: 'integer' }, rate: { type: 'number', default: 1 } },
    };
    const withK = (k: number) => {
      const list = { command: `echo '[{"letter": "a", "rate": 2}, {"letter": "b"}]' > \${{outputs.list}}`, outputs: { list: { type: 'string' } } };
      return pipeline({ list, planned: { component, inputs: { k }, for_each: { by_name: true, items: outputOf('list', 'list') } } });
    };
    const planOf = async (k: number) => {
      const plan = Plan.parse((await call(server(), '/api/plan', { body: withK(k) })).body);
      return plan.steps.find(({ key }) => key === 'planned')?.reasons.map(({ text }) => text);
    };
    await runToEnd(server(), withK(1));
    expect(await planOf(1)).toEqual(['each item is decided by itself']);
    expect(await planOf(2)).toEqual(['input k 1 → 2']);
  });

  /** Adds a line to what the round before has written, until there are so many. */
  const grow = (lines: number, before = '') => ({
    component: {
      command: `${before}cp $[[\${{inputs.seen}}/]]x \${{outputs.all}}/x 2> /dev/null; echo line >> \${{outputs.all}}/x; [ $(wc -l < \${{outputs.all}}/x) -lt ${lines} ] && echo true > \${{outputs.more}} || echo false > \${{outputs.more}}`,
      inputs: { seen: { type: 'uri_folder', optional: true } },
      outputs: { all: { type: 'uri_folder' }, more: { type: 'boolean' } },
    },
    outputs: { all: null, more: null },
    repeat: { while: 'more', feed: { seen: 'all' } },
  });

  it('repeats a step with what the round before has put out, and reuses each round', async () => {
    const jobs = {
      grow: grow(3),
      count: { command: 'wc -l < ${{inputs.all}}/x > ${{outputs.n}}', inputs: { all: outputOf('grow', 'all') }, outputs: { n: { type: 'integer' } } },
    };
    const { run, steps } = await runToEnd(server(), pipeline(jobs));
    expect(run.error).toBeNull();
    expect(steps).toMatchObject({ grow: { status: 'completed', items: { total: 3, ended: 3, failed: 0 }, notes: ['It took 3 rounds.'] } });
    expect(steps['count']).toMatchObject({ outputs: { n: { value: 3 } } });
    const again = await runToEnd(server(), pipeline(jobs));
    expect(statuses(again.steps)).toEqual({ grow: 'completed', 'grow/1': 'reused', 'grow/2': 'reused', 'grow/3': 'reused', count: 'reused' });
  });

  it('fails with the round that fails', async () => {
    const broken = grow(5, 'if [ -n "$[[${{inputs.seen}}]]" ]; then exit 7; fi; ');
    const { run, steps } = await runToEnd(server(), pipeline({ broken, after: { command: 'true', depends_on: 'broken' } }));
    expect(run.status).toBe('failed');
    expect(steps['broken']).toMatchObject({ status: 'failed', failure: { message: 'Round 2 failed: The command ended with exit code 7.' } });
    expect(statuses(steps)).toMatchObject({ 'broken/1': 'completed', 'broken/2': 'failed' });
  });

  it('runs each round where nothing is handed on, and is cancelled with its round', async () => {
    const folder = await tempFolder();
    const more = { outputs: { more: { type: 'boolean' } } };
    const ask = `echo asked >> ${folder}/asked; [ "$(wc -l < ${folder}/asked)" -lt 3 ] && echo true > \${{outputs.more}} || echo false > \${{outputs.more}}`;
    const polled = await runToEnd(server(), pipeline({ poll: { command: ask, ...more, repeat: { while: 'more' } } }));
    expect(statuses(polled.steps)).toEqual({ poll: 'completed', 'poll/1': 'completed', 'poll/2': 'completed', 'poll/3': 'completed' });
    const stuck = { command: `echo true > \${{outputs.more}}; ${waitFor(`${folder}/never`)}`, ...more, repeat: { while: 'more' } };
    const waiting = stepReaches(server(), 'stuck/1', ({ status }) => status === 'running');
    const { id } = RunSummary.parse((await call(server(), '/api/runs', { body: pipeline({ stuck }) })).body);
    await waiting;
    await call(server(), `/api/runs/${id}/cancel`, { body: {} });
    expect(statuses((await finishedRun(server(), id)).steps)).toEqual({ stuck: 'cancelled', 'stuck/1': 'cancelled' });
  });

  it('reuses always, or never, where a step says so', async () => {
    const jobs = (word: string) => ({
      fixed: { command: `echo ${word} > \${{outputs.out}}/x`, outputs: out, reuse: 'always' },
      fresh: { command: 'date > ${{outputs.out}}/x', outputs: out, reuse: 'never' },
    });
    const origin = await draftOf(server(), jobs('a'));
    await runDraft(server(), origin);
    await edit(server(), origin, 'echo b > ${{outputs.out}}/x');
    const { steps } = await runDraft(server(), origin);
    expect(steps['fixed']).toMatchObject({ status: 'reused', reasons: [{ code: 'always-reused' }, { code: 'command-changed' }] });
    expect(steps['fresh']).toMatchObject({ status: 'completed', reasons: [{ code: 'never-reused' }] });
  });
});

describe('a part of a pipeline', () => {
  const jobs = {
    a: { command: 'echo a > ${{outputs.out}}/x', outputs: out },
    b: { command: 'cat ${{inputs.a}}/x > ${{outputs.out}}/x; echo b >> ${{outputs.out}}/x', inputs: { a: outputOf('a') }, outputs: out },
    c: { command: 'cat ${{inputs.b}}/x', inputs: { b: outputOf('b') } },
    apart: { command: 'true' },
  };

  it('runs up to a step, from a step with earlier results standing in, or one step alone', async () => {
    const server = await testServer();
    expect(statuses((await runToEnd(server, { ...pipeline(jobs), to: 'b' })).steps)).toEqual({ a: 'completed', b: 'completed' });
    const below = await runToEnd(server, { ...pipeline(jobs), from: 'c' });
    expect(statuses(below.steps)).toEqual({ b: 'reused', c: 'completed' });
    expect(below.steps['b']).toMatchObject({ donor: { run: '1', step: 'b' }, reasons: [{ code: 'outside' }] });
    const alone = await runToEnd(server, { ...pipeline(jobs), only: ['b'], force: true });
    expect(statuses(alone.steps)).toEqual({ a: 'reused', b: 'completed' });
  });

  it('says what is missing when there is no earlier result to stand in', async () => {
    const server = await testServer();
    const refused = await call(server, '/api/runs', { body: { ...pipeline(jobs), only: ['c'] } });
    expect(refused).toMatchObject({ status: 422, body: { problems: [{ code: 'no-earlier-result', step: 'b' }] } });
    expect(await call(server, '/api/runs', { body: { ...pipeline(jobs), to: 'bb' } })).toMatchObject({
      body: { problems: [{ code: 'unknown-step', message: expect.stringContaining('Did you mean "b"') }] },
    });
  });

  it('runs what is missing as well when it is asked to, and no more', async () => {
    const server = await testServer();
    const { body } = await call(server, '/api/plan', { body: { ...pipeline(jobs), only: ['c'], withMissing: true } });
    expect(body).toMatchObject({
      steps: [{ reasons: [{ code: 'missing' }] }, { reasons: [{ code: 'missing' }] }, { key: 'c', reasons: [{ code: 'never-ran' }] }],
    });
    const run = await runToEnd(server, { ...pipeline(jobs), only: ['c'], withMissing: true });
    expect(statuses(run.steps)).toEqual({ a: 'completed', b: 'completed', c: 'completed' });
    expect(run.run.part).toEqual({ only: ['c'], text: 'only c' });
    const again = await runToEnd(server, { ...pipeline(jobs), only: ['c', 'apart'], withMissing: true, force: true });
    expect(statuses(again.steps)).toEqual({ b: 'reused', c: 'completed', apart: 'completed' });
    expect((await call(server, '/api/runs/2')).body).toMatchObject({ part: { only: ['c', 'apart'], text: '2 steps' } });
    expect((await runToEnd(server, pipeline(jobs))).run).not.toHaveProperty('part');
  });

  it('is not held up by what is wrong in the rest, nor by an input that only the rest takes', async () => {
    const server = await testServer();
    const broken = { ...jobs, apart: { component: 'azureml:nothing:1' } };
    expect((await runToEnd(server, { ...pipeline(broken), to: 'c' })).run.status).toBe('completed');
    const open = { ...jobs, apart: { command: 'echo ${{inputs.x}}', inputs: { x: '${{parent.inputs.x}}' } } };
    const { document } = pipeline(open);
    const withInput = { document: { ...document, inputs: { x: { type: 'number' } } }, to: 'c' };
    expect((await runToEnd(server, withInput)).run.status).toBe('completed');
  });
});

describe('going on with a run', () => {
  it('keeps what finished, also what is not deterministic, and does the rest', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    const jobs = {
      chance: { command: 'echo $RANDOM > ${{outputs.out}}/x', outputs: out, is_deterministic: false },
      fragile: { command: `cat \${{inputs.x}}/x; [ -e ${folder}/mended ]`, inputs: { x: outputOf('chance') } },
    };
    const failed = await runToEnd(server, pipeline(jobs));
    expect(statuses(failed.steps)).toEqual({ chance: 'completed', fragile: 'failed' });
    await writeFile(join(folder, 'mended'), '');
    const { body, status } = await call(server, '/api/runs/1/resume', { body: {} });
    expect(status).toBe(201);
    const resumed = await finishedRun(server, RunSummary.parse(body).id);
    expect(statuses(resumed.steps)).toEqual({ chance: 'reused', fragile: 'completed' });
    expect(resumed.steps['chance']).toMatchObject({ donor: { run: '1' }, reasons: [{ code: 'resumed', run: '1' }] });
    expect(resumed.run.snapshot.resumes).toEqual(['1']);
    expect(await call(server, '/api/runs/2/resume', { body: {} })).toMatchObject({ status: 409, body: { title: expect.stringContaining('has completed') } });
    const again = RunSummary.parse((await call(server, '/api/runs/2/resume', { body: { only: ['fragile'], force: true } })).body);
    expect(statuses((await finishedRun(server, again.id)).steps)).toEqual({ chance: 'reused', fragile: 'completed' });
  });

  it('does again what finished and is not there any more', async () => {
    const server = await testServer();
    const jobs = {
      a: { command: 'echo 1 > ${{outputs.out}}/x', outputs: out },
      b: { command: 'cat ${{inputs.a}}/x; false', inputs: { a: outputOf('a') } },
    };
    await runToEnd(server, pipeline(jobs));
    await rm(join(server.home, 'objects'), { recursive: true });
    const refused = await call(server, '/api/runs/1/resume', { body: { only: ['b'] } });
    expect(refused).toMatchObject({ status: 422, body: { problems: [{ code: 'no-earlier-result', step: 'a' }] } });
    const whole = await call(server, '/api/runs/1/resume', { body: {} });
    expect(statuses((await finishedRun(server, RunSummary.parse(whole.body).id)).steps)).toEqual({ a: 'completed', b: 'failed' });
  });

  it('goes on after a restart with the round that it was at', async () => {
    const home = await tempFolder();
    const folder = await tempFolder();
    const before = await testServer({ home });
    const command = `echo round >> ${folder}/rounds; [ \${{inputs.at}} = 2 ] && { ${waitFor(`${folder}/go`)}; }; echo $((\${{inputs.at}} + 1)) > \${{outputs.next}}; [ \${{inputs.at}} -lt 3 ] && echo true > \${{outputs.more}} || echo false > \${{outputs.more}}`;
    const steps = {
      loop: { command, inputs: { at: 1 }, outputs: { next: { type: 'integer' }, more: { type: 'boolean' } }, repeat: { while: 'more', feed: { at: 'next' } } },
    };
    const second = stepReaches(before, 'loop/2', ({ status }) => status === 'running');
    await call(before, '/api/runs', { body: pipeline(steps) });
    await second;
    await before.close();
    await writeFile(join(folder, 'go'), '');
    const { run, steps: ended } = await finishedRun(await testServer({ home }), '1');
    expect(run.status).toBe('completed');
    expect(ended['loop']).toMatchObject({ outputs: { next: { value: 4 } }, items: { ended: 3 } });
    expect(await readFile(`${folder}/rounds`, 'utf8')).toBe('round\n'.repeat(3));
  });

  it('waits on after a restart for the retry that was due', async () => {
    const home = await tempFolder();
    const folder = await tempFolder();
    const before = await testServer({ home });
    const jobs = { flaky: { command: `[ -e ${folder}/mended ]`, retries: { count: 1, backoff: 2, jitter: 0 } } };
    const retrying = stepReaches(before, 'flaky', ({ status }) => status === 'retrying');
    await call(before, '/api/runs', { body: pipeline(jobs) });
    await retrying;
    await before.close();
    await writeFile(join(folder, 'mended'), '');
    const { run, steps } = await finishedRun(await testServer({ home }), '1');
    expect(run.status).toBe('completed');
    expect(steps['flaky']).toMatchObject({ attempts: 2 });
  });
});

async function draftOf(server: { url: string }, jobs: Record<string, unknown>): Promise<string> {
  const { body } = await call(server, '/api/drafts', { body: { document: { type: 'pipeline', display_name: 'Policies', jobs } } });
  return body !== null && typeof body === 'object' && 'id' in body ? String(body.id) : '';
}

async function edit(server: { url: string }, draft: string, command: string): Promise<void> {
  const ops = [{ op: 'step.setField', step: 'fixed', field: 'command', value: command }];
  const sent = { body: { clientId: 'test', mutationId: 'one', ops }, headers: { 'If-Match': '"1"' } };
  expect((await call(server, `/api/drafts/${draft}/ops`, sent)).status).toBe(200);
}

async function runDraft(server: Parameters<typeof finishedRun>[0], draft: string) {
  const { body } = await call(server, `/api/drafts/${draft}/runs`, { body: {} });
  return await finishedRun(server, RunSummary.parse(body).id);
}
