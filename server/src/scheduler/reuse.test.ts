import { mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dose } from '@pipewright/shared/testing/dose.ts';
import { Plan } from '@pipewright/shared/run/plan.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { environmentHash, EnvironmentLocks } from '../environments/environment-locks.ts';
import { call, runToEnd } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer } from '../testing/test-server.ts';

const textsOf = (step: StepRun | undefined): string[] => (step && 'reasons' in step ? (step.reasons ?? []).map(({ text }: Reason) => text) : []);
const file = { type: 'uri_file' };

/** A pipeline in a file beside its code and its data, as a person has it. */
async function project(): Promise<{ folder: string; pipeline: string }> {
  const folder = await tempFolder();
  await mkdir(join(folder, 'src'));
  await mkdir(join(folder, 'raw', 'deep'), { recursive: true });
  await writeFile(join(folder, 'src', 'train.py'), ['a = 1', 'b = 2', 'c = 3', 'd = 4', ''].join('\n'));
  for (const name of ['one.csv', 'two.csv', 'deep/three.csv']) await writeFile(join(folder, 'raw', name), `${name}\n`);
  const pipeline = join(folder, 'pipeline.yml');
  const job = 'type: command, command: "cat train.py > ${{outputs.out}}", code: ./src';
  const raw = 'raw: { type: uri_folder, path: ./raw }';
  await writeFile(pipeline, `type: pipeline\njobs:\n  train: { ${job}, inputs: { ${raw} }, outputs: { out: { type: uri_file } } }\n`);
  return { folder, pipeline };
}

describe('versions of packages', () => {
  it('count for reuse, also where the definition is the same: those that are installed now against those of then', async () => {
    const server = await testServer();
    const request = { document: { type: 'pipeline', jobs: { only: { command: 'echo 1 > ${{outputs.out}}', outputs: { out: file } } } } };
    const first = (await runToEnd(server, request)).steps['only'];
    const lock = EnvironmentLock.parse((await call(server, `/api/locks/${first?.lock}`)).body);
    expect(lock).toEqual({ python: expect.stringMatching(/^3\.\d+\.\d+$/), packages: [] });
    expect((await runToEnd(server, request)).steps['only']?.status).toBe('reused');

    // As if another Python had been found by the time of the next server.
    await server.close();
    const locks = new EnvironmentLocks(join(server.home, 'environments'));
    await locks.keep(environmentHash(null), { python: '3.0.1', packages: [] });
    const next = await testServer({ home: server.home });
    const other = (await runToEnd(next, request)).steps['only'];
    expect(textsOf(other)).toEqual([`environment: Python ${lock.python} → 3.0.1 is installed`]);
    expect((await call(next, '/api/locks/unknown')).status).toBe(404);
  });
});

describe('why a step runs', () => {
  it('says how many lines of the code changed, and which files came and went', async () => {
    const server = await testServer();
    const { folder, pipeline } = await project();
    await runToEnd(server, { file: pipeline });
    await writeFile(join(folder, 'src', 'train.py'), ['a = 1', 'b = 20', 'c = 30', 'd = 4', 'e = 5', ''].join('\n'));
    const changed = await runToEnd(server, { file: pipeline });
    expect(textsOf(changed.steps['train'])).toEqual(['code: train.py changed (3 lines)']);
    await writeFile(join(folder, 'src', 'extra.py'), 'x\n');
    expect(textsOf((await runToEnd(server, { file: pipeline })).steps['train'])).toEqual(['code: extra.py added']);
    await rm(join(folder, 'src', 'extra.py'));
    expect((await runToEnd(server, { file: pipeline })).steps['train']?.status).toBe('reused');
  });

  it('says how many files of a folder changed, came and went', async () => {
    const server = await testServer();
    const { folder, pipeline } = await project();
    await runToEnd(server, { file: pipeline });
    for (const name of ['one.csv', 'deep/three.csv', 'four.csv']) await writeFile(join(folder, 'raw', name), 'new\n');
    const more = await runToEnd(server, { file: pipeline });
    expect(textsOf(more.steps['train'])).toEqual(['data raw has other content: 2 files changed, 1 added']);
    await rename(join(folder, 'raw', 'two.csv'), join(folder, 'raw', 'second.csv'));
    const { body } = await call(server, '/api/plan', { body: { file: pipeline } });
    expect(Plan.parse(body).steps[0]?.reasons.map(({ text }) => text)).toEqual(['data raw has other content: 1 file added, 1 removed']);
  });

  it('sees a file that was written to although its size and time are as before', async () => {
    const server = await testServer();
    const { folder, pipeline } = await project();
    const path = join(folder, 'raw', 'one.csv');
    await utimes(path, 1e9, 1e9);
    await runToEnd(server, { file: pipeline });
    const before = await stat(path);
    await writeFile(path, 'eno.csv\n');
    await utimes(path, before.atime, before.mtime);
    expect((await stat(path)).size).toBe(before.size);
    expect(textsOf((await runToEnd(server, { file: pipeline })).steps['train'])).toEqual(['data raw has other content: 1 file changed']);
  });

  it('takes a result of another pipeline that did the same', async () => {
    const server = await testServer();
    const job = { type: 'command', command: 'echo 1 > ${{outputs.out}}', outputs: { out: file } };
    await runToEnd(server, { document: { type: 'pipeline', display_name: 'one', jobs: { first: job } } });
    const { folder } = await project();
    const pipeline = join(folder, 'other.yml');
    await writeFile(pipeline, JSON.stringify({ type: 'pipeline', display_name: 'other', jobs: { elsewhere: job } }));
    expect((await runToEnd(server, { file: pipeline })).steps['elsewhere']).toMatchObject({ status: 'reused', donor: { run: '1', step: 'first' } });
  });
});

describe('the plan', () => {
  it('is what the run then does, and for the same reasons', async () => {
    const server = await testServer();
    let graphs = 0;
    const anyStep = fc.record({
      reads: fc.array(fc.nat(5), { maxLength: 2 }),
      hides: fc.boolean(),
      policy: fc.constantFrom('auto', 'auto', 'auto', 'never', 'always'),
    });
    const anyCase = fc.record({ steps: fc.array(anyStep, { minLength: 2, maxLength: 6 }), changes: fc.array(fc.nat(5), { maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ steps, changes }) => {
        const graph = (graphs += 1);
        const before = toDocument(graph, steps, new Set());
        const after = toDocument(graph, steps, new Set(changes));
        await runToEnd(server, { document: before });
        const plan = Plan.parse((await call(server, '/api/plan', { body: { document: after } })).body);
        const { steps: outcome } = await runToEnd(server, { document: after });
        for (const { key, decision, reasons } of plan.steps) {
          const row = outcome[key];
          const texts = reasons.map(({ text }) => text);
          if (decision === 'run-or-reuse') expect(['completed', 'reused']).toContain(row?.status);
          else expect({ key, status: row?.status }).toEqual({ key, status: decision === 'run' ? 'completed' : 'reused' });
          if (decision === 'run') expect({ key, texts: textsOf(row) }).toEqual({ key, texts });
          // What is taken whatever differs may have turned out to differ in more.
          if (decision === 'reuse') expect(textsOf(row)).toEqual(expect.arrayContaining(texts));
        }
      }),
      dose(6),
    );
  });
});

interface StepOfCase {
  readonly reads: readonly number[];
  /** Its output is the same whatever it reads. */
  readonly hides: boolean;
  readonly policy: string;
}

function toDocument(graph: number, steps: readonly StepOfCase[], changed: ReadonlySet<number>): Record<string, unknown> {
  const jobs = steps.map(({ reads, hides, policy }, index) => {
    const sources = index === 0 ? [] : [...new Set(reads.map((place) => place % index))];
    const inputs: Record<string, unknown> = Object.fromEntries(
      sources.map((source) => [`from_${source}`, { type: 'uri_file', path: `\${{parent.jobs.s${source}.outputs.out}}` }]),
    );
    inputs['word'] = `graph ${graph}, step ${index}${changed.has(index) ? ', changed' : ''}`;
    const read = sources.map((source) => ` \${{inputs.from_${source}}}`).join('');
    const command = hides ? `echo ${index} > \${{outputs.out}}` : `{ echo "\${{inputs.word}}"; cat /dev/null${read}; } > \${{outputs.out}}`;
    return [`s${index}`, { type: 'command', command, inputs, outputs: { out: file }, reuse: policy }];
  });
  return { type: 'pipeline', jobs: Object.fromEntries(jobs) };
}
