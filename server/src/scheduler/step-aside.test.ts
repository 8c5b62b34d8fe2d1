import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Plan } from '@pipewright/shared/run/plan.ts';
import { call, runToEnd } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer } from '../testing/test-server.ts';

const out = { out: null };
const reads = (step: string) => ({ from: { type: 'uri_folder', path: `\${{parent.jobs.${step}.outputs.out}}` } });
const write = (text: string, name = 'x') => `echo ${text} > \${{outputs.out}}/${name}`;
const statuses = (steps: Record<string, { status: string }>) => Object.fromEntries(Object.entries(steps).map(([key, { status }]) => [key, status]));

/** Each chain has words of its own, so that nothing is reused of another test. */
const chain = (word: string, tags: Readonly<Record<string, Record<string, string>>> = {}, changed = word) => {
  const jobs: Record<string, object> = {
    a: { command: write(changed), outputs: out },
    b: { command: `cp \${{inputs.from}}/x \${{outputs.out}}/x && ${write('b', 'y')}`, inputs: reads('a'), outputs: out },
    c: { command: 'cat ${{inputs.from}}/x', inputs: reads('b'), outputs: {} },
    alone: { command: `echo ${word}` },
  };
  for (const [key, value] of Object.entries(tags)) jobs[key] = { ...jobs[key], tags: value };
  return { document: { type: 'pipeline', display_name: word, jobs } };
};

/**
 *   a ──> b ──> c      alone
 */
describe('steps that are set aside', () => {
  const server = sharedTestServer();

  it('that are disabled are not run, nor what needs them, and the plan says why', async () => {
    const request = chain('one', { b: { 'pipewright.disabled': 'true' } });
    const plan = Plan.parse((await call(server(), '/api/plan', { body: request })).body);
    expect(plan.steps.map(({ key }) => key)).toEqual(['a', 'alone']);
    expect(plan.leftOut).toEqual([
      { key: 'b', displayName: 'b', kind: 'disabled', text: 'disabled' },
      { key: 'c', displayName: 'c', kind: 'needs', text: 'needs b, which is not run' },
    ]);
    expect(plan.problems).toMatchObject([{ severity: 'warning', code: 'needs-disabled', step: 'c' }]);
    const { run, steps } = await runToEnd(server(), request);
    expect(run.status).toBe('completed');
    expect(statuses(steps)).toEqual({ a: 'completed', alone: 'completed' });
    expect(await call(server(), '/api/runs', { body: { ...request, only: ['c'] } })).toMatchObject({
      status: 422,
      body: { problems: [{ message: 'c is not run: needs b, which is not run.' }] },
    });
  });

  it('that are bypassed let what they are given through: the reader is reused where it had read the same', async () => {
    const direct = chain('two');
    await runToEnd(server(), { document: { ...direct.document, jobs: { ...direct.document.jobs, c: { ...direct.document.jobs['c'], inputs: reads('a') } } } });
    const { steps } = await runToEnd(server(), chain('two', { b: { 'pipewright.bypass': 'true' } }));
    expect(statuses(steps)).toEqual({ a: 'reused', c: 'reused', alone: 'reused' });
  });

  it('that are pinned take the result of that run, whatever has changed above, until they are unpinned', async () => {
    const first = await runToEnd(server(), chain('three'));
    const pins = { b: { 'pipewright.pin': `${first.run.id} b` } };
    const pinned = await runToEnd(server(), chain('three', pins, 'other'));
    expect(statuses(pinned.steps)).toEqual({ a: 'completed', b: 'reused', c: 'reused', alone: 'reused' });
    expect(pinned.steps['b']).toMatchObject({
      donor: { run: first.run.id, step: 'b' },
      reasons: [{ code: 'pinned', run: first.run.id, text: `pinned: its result of run ${first.run.id} is taken` }],
    });
    // Also by one that ignores earlier results; and what is above it is not asked for by what is below.
    const forced = await runToEnd(server(), { ...chain('three', pins, 'third'), to: 'c', force: true });
    expect(statuses(forced.steps)).toEqual({ b: 'reused', c: 'completed' });
    // A run of it in which it was reused names the run that made it.
    const again = await runToEnd(server(), chain('three', { b: { 'pipewright.pin': `${pinned.run.id} b` } }, 'fourth'));
    expect(again.steps['b']).toMatchObject({ donor: { run: first.run.id, step: 'b' } });
    const free = await runToEnd(server(), chain('three', {}, 'other'));
    expect(statuses(free.steps)).toEqual({ a: 'reused', b: 'completed', c: 'completed', alone: 'reused' });
  });

  it('that are disabled in a pipeline inside leave its output open, and what must read that out', async () => {
    const folder = await tempFolder();
    const disabled = { command: write('six'), outputs: { out: '${{parent.outputs.made}}' }, tags: { 'pipewright.disabled': 'true' } };
    const { alone } = chain('six').document.jobs;
    const inner = { type: 'pipeline', outputs: { made: { type: 'uri_folder' } }, jobs: { a: disabled, alone } };
    await writeFile(join(folder, 'inner.yml'), JSON.stringify(inner));
    const jobs = {
      outer: { type: 'pipeline', component: './inner.yml' },
      reader: { command: 'cat ${{inputs.from}}/x', inputs: { from: { type: 'uri_folder', path: '${{parent.jobs.outer.outputs.made}}' } } },
    };
    await writeFile(join(folder, 'pipeline.yml'), JSON.stringify({ type: 'pipeline', jobs }));
    const file = join(folder, 'pipeline.yml');
    const plan = Plan.parse((await call(server(), '/api/plan', { body: { file } })).body);
    expect(plan.leftOut?.map(({ key, text }) => `${key}: ${text}`)).toEqual(['reader: needs outer, which is not run', 'outer/a: disabled']);
    expect(statuses((await runToEnd(server(), { file })).steps)).toEqual({ 'outer/alone': 'completed' });
  });

  it('that are disabled in a pipeline inside leave another pipeline what it takes by itself', async () => {
    const folder = await tempFolder();
    const disabled = { command: 'echo 1', outputs: { word: { type: 'string', path: '${{parent.outputs.word}}' } }, tags: { 'pipewright.disabled': 'true' } };
    const { alone } = chain('seven').document.jobs;
    const gives = { type: 'pipeline', outputs: { word: { type: 'string' } }, jobs: { a: disabled, alone } };
    const say = { component: { command: 'echo ${{inputs.text}}', inputs: { text: { type: 'string' } } }, inputs: { text: '${{parent.inputs.text}}' } };
    const takes = { type: 'pipeline', inputs: { text: { type: 'string', default: 'by itself' } }, jobs: { say } };
    await writeFile(join(folder, 'gives.yml'), JSON.stringify(gives));
    await writeFile(join(folder, 'takes.yml'), JSON.stringify(takes));
    const jobs = {
      gives: { type: 'pipeline', component: './gives.yml' },
      takes: { type: 'pipeline', component: './takes.yml', inputs: { text: '${{parent.jobs.gives.outputs.word}}' } },
    };
    await writeFile(join(folder, 'pipeline.yml'), JSON.stringify({ type: 'pipeline', jobs }));
    const { run, steps } = await runToEnd(server(), { file: join(folder, 'pipeline.yml') });
    expect(statuses(steps)).toEqual({ 'gives/alone': 'completed', 'takes/say': 'completed' });
    const { body } = await call(server(), `/api/runs/${run.id}/steps/${encodeURIComponent('takes/say')}/logs`);
    expect((body as { text: string }).text).toContain('by itself');
  });

  it('that are pinned do not wait for what fails above them', async () => {
    const first = await runToEnd(server(), chain('four'));
    const request = chain('four', { b: { 'pipewright.pin': `${first.run.id} b` } });
    const { steps } = await runToEnd(server(), {
      document: { ...request.document, jobs: { ...request.document.jobs, a: { command: 'exit 3', outputs: out } } },
    });
    expect(statuses(steps)).toEqual({ a: 'failed', b: 'reused', c: 'reused', alone: 'reused' });
  });

  it('cannot be pinned to what is not there', async () => {
    const refused = await call(server(), '/api/runs', { body: chain('five', { b: { 'pipewright.pin': '9999 b' } }) });
    expect(refused).toMatchObject({
      status: 422,
      body: { problems: [{ code: 'no-earlier-result', step: 'b', message: expect.stringContaining('run 9999') }] },
    });
  });
});
