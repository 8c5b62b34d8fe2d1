import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { isStepKind, documentKind } from '@pipewright/shared/azure/document-kind.ts';
import { spellPipeline } from '@pipewright/shared/azure/spellings.ts';
import { LogChunk } from '@pipewright/shared/http/runs.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { readPipeline } from '@pipewright/shared/yaml/read-pipeline.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, finishedRun, runToEnd } from '../testing/api.ts';
import { sharedTestServer } from '../testing/test-server.ts';
import { coveragePage } from './coverage-page.ts';
import { fixturesFolder, readSections, type Fixture } from './fixture.ts';

const sections = await readSections();
const fixtures = sections.flatMap((section) => section.fixtures);
const each = fixtures.map((fixture): [string, Fixture] => [fixture.name, fixture]);
const those = (isWanted: (fixture: Fixture) => boolean): [string, Fixture][] => each.filter(([, fixture]) => isWanted(fixture));

const kindOf = ({ text }: Fixture) => documentKind({ ...Object(readYaml(text).value) });
const isAsset = (fixture: Fixture): boolean => ['data', 'model', 'environment', 'foreign'].includes(kindOf(fixture) ?? '');
const isPipeline = ({ text }: Fixture): boolean => /^jobs:/m.test(text);

/** What a document says, without what says nothing, and without the kind of a component that shows by what it has. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([key, member]): [string, unknown] => [key, plain(member)]);
  const isEmpty = (member: unknown): boolean => member === null || (typeof member === 'object' && Object.keys(Object(member)).length === 0);
  return Object.fromEntries(members.filter(([key, member]) => !isEmpty(member) && !(key === 'type' && member === 'command')));
}

const text = (problem: Problem): string => `${problem.file}:${problem.line} ${problem.severity} ${problem.code}`;

describe('the files of the constructs of Azure ML', () => {
  it('are listed in docs/azure-compatibility.md as they are here', async () => {
    // To write the page anew: node_modules/.bin/vitest run --project server azure-compatibility -u
    await expect(coveragePage(sections)).toMatchFileSnapshot('../../../docs/azure-compatibility.md');
  });

  it.each(those((fixture) => fixture.here !== 'refused' && isPipeline(fixture)))('%s is written back as it stood', (_name, fixture) => {
    const { content } = readPipeline(fixture.text, fixture.file);
    if (!content) throw new Error('expected a pipeline');
    expect(writePipeline(content, fixture.text)).toBe(fixture.text);
    const anew = writePipeline(content);
    expect(readPipeline(anew).content).toEqual(content);
    expect(plain(readYaml(anew).value)).toEqual(plain({ ...Object(spellPipeline(readYaml(fixture.text).value).value), type: 'pipeline' }));
  });

  it.each(those((fixture) => isStepKind(kindOf(fixture))))('%s is opened as a pipeline that can be written', (_name, fixture) => {
    const { content } = readPipeline(fixture.text, fixture.file);
    expect(content && readPipeline(writePipeline(content)).content).toEqual(content);
  });
});

describe('the constructs of Azure ML', () => {
  const server = sharedTestServer({
    slots: 4,
    datastores: { fixtures: join(fixturesFolder, '..', 'data') },
    urls: ['https://data.example/', 'wasbs://box@data.example/', 'abfss://box@data.example/', 'adl://data.example/'].map((from) => ({
      from,
      to: join(fixturesFolder, '..', 'data'),
    })),
  });
  const problemsOf = async ({ file, set }: Fixture): Promise<Problem[]> => {
    const { body } = await call(server(), '/api/validate', { body: { file, inputs: set } });
    return Object(body).problems;
  };

  beforeAll(async () => {
    // Fixtures read what this run has put out.
    const jobs = { say: { command: 'echo hello > ${{outputs.word}}/word.txt', outputs: { word: '${{parent.outputs.word}}' } } };
    expect(await runToEnd(server(), { document: { type: 'pipeline', outputs: { word: null }, jobs } })).toMatchObject({
      run: { id: '1', status: 'completed' },
    });
    for (const { register, file } of fixtures) {
      for (const name of register) {
        const { status, body } = await call(server(), '/api/register', { body: { file: join(file, '..', name) } });
        expect([file, name, status, status === 201 ? null : body]).toEqual([file, name, 201, null]);
      }
    }
  });

  it.each(those((fixture) => !isAsset(fixture)))('%s has the problems that its lines are marked with', async (_name, fixture) => {
    const problems = await problemsOf(fixture);
    expect(problems.map(text).toSorted()).toEqual(fixture.marks.map(({ place, said }) => `${place} ${said}`).toSorted());
    for (const { place, said, words } of fixture.marks)
      expect(problems.filter((problem) => text(problem) === `${place} ${said}`).map(({ message }) => message)).toContainEqual(expect.stringContaining(words));
    for (const { column } of problems) expect(column).toBeGreaterThan(0);
    expect(problems.some(({ severity }) => severity === 'error')).toBe(fixture.here === 'refused');
  });

  it.each(those(({ here }) => here === 'kept'))('%s has a note, and no effect', async (_name, fixture) => {
    expect(fixture.marks.map(({ said }) => said)).toContain('note kept-only');
    if (!fixture.run) expect(await runOf(fixture)).toMatchObject({ run: { status: 'completed' } });
  });

  it.each(those(({ here }) => here === 'shown'))('%s is not run, and why is said', async (_name, fixture) => {
    const { status, body } = await call(server(), '/api/runs', { body: { file: fixture.file, inputs: fixture.set } });
    expect(status).toBe(422);
    const errors: Problem[] = Object(body).problems.filter(({ severity }: Problem) => severity === 'error');
    const warned = fixture.marks.filter(({ said }) => said.startsWith('warning')).map(({ said }) => said.split(' ')[1]);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(fixture.lacks ?? warned));
  });

  /** What other fixtures have done is no matter, unless it is about just that. */
  const runOf = async ({ file, set, again }: Fixture) => {
    const { body } = await call(server(), '/api/runs', { body: { file, inputs: set, ...(again ? {} : { force: true }) } });
    const accepted = RunSummary.safeParse(body);
    if (!accepted.success) throw new Error(JSON.stringify(body, null, 2));
    return await finishedRun(server(), accepted.data.id);
  };
  const textAt = async (path: string): Promise<string> => await (await fetch(`${server().url}/api/runs/${path}`)).text();
  const escaped = (key: string): string => encodeURIComponent(key);

  it.concurrent.for(those(({ run }) => run !== undefined))('%s does what it says', async ([, fixture], { expect }) => {
    for (const ending of [fixture.run, fixture.again]) {
      if (!ending) continue;
      const { run, steps } = await runOf(fixture);
      const statuses = Object.fromEntries(Object.entries(steps).map(([key, { status }]) => [key, status]));
      expect({ status: run.status, ...statuses }).toMatchObject({ status: ending.status, ...ending.steps });
      for (const [key, words] of Object.entries(ending.prints)) {
        const log = LogChunk.parse(JSON.parse(await textAt(`${run.id}/steps/${escaped(key)}/logs`)));
        // The command itself stands at the head of the log.
        expect(Buffer.from(log.text).subarray(log.stepFrom).toString()).toContain(words);
      }
      for (const [place, bytes] of Object.entries(ending.puts_out)) {
        const [, key = '', port = '', path = ''] = /^(.+)\.([\w.]+?)(\/.*)?$/.exec(place) ?? [];
        expect([place, await textAt(`${run.id}/steps/${escaped(key)}/outputs/${port}${path}`)]).toEqual([place, bytes]);
      }
      for (const [place, bytes] of Object.entries(ending.delivers))
        expect([place, await readFile(join(server().home, 'datastores', place), 'utf8')]).toEqual([place, bytes]);
      for (const [name, version] of Object.entries(ending.registers)) {
        const known = await call(server(), '/api/data?limit=200');
        expect(known.body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ name, ...(version === '' ? {} : { version }) })]) });
      }
      for (const [key, words] of Object.entries(ending.fails)) expect(JSON.stringify(steps[key])).toContain(words);
      for (const [key, words] of Object.entries(ending.notes)) expect(steps[key]?.notes.join('\n')).toContain(words);
    }
  });

  it.each(those(isAsset))('%s is taken in, or said to be nothing that is', async (_name, fixture) => {
    const { status, body } = await call(server(), '/api/register', { body: { file: fixture.file } });
    if (fixture.here === 'run') expect(body).toMatchObject({ kind: kindOf(fixture) });
    else expect(body).toMatchObject({ problems: [expect.objectContaining({ file: fixture.file })] });
    expect(status).toBe(fixture.here === 'run' ? 201 : 422);
  });
});
