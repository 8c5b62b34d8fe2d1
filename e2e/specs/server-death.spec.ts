import { writeFile } from 'node:fs/promises';
import { type APIRequestContext, expect } from '@playwright/test';
import { getRun, outputOf, waitFor } from '../fixtures/drafts.ts';
import { type TestServer, test } from '../fixtures/server.ts';

const out = { out: null };

/** Accepted as run 1: a step that ends by itself, and one that waits for `letGo`, so that the server can die while it runs. */
async function startRun(server: TestServer, request: APIRequestContext): Promise<void> {
  const document = {
    type: 'pipeline',
    jobs: {
      first: { command: 'echo once >> ${{outputs.out}}/ran', outputs: out },
      second: {
        command: `${waitFor(`${server.home}/go`)}; cat \${{inputs.data}}/ran > \${{outputs.out}}/copy`,
        inputs: { data: outputOf('first') },
        outputs: out,
      },
    },
  };
  const submitted = await request.post(`${server.url}/api/runs`, { data: { document } });
  expect(submitted.status()).toBe(201);
  await expect.poll(async () => await statusOf(server, request, 'second')).toBe('running');
}

async function statusOf(server: TestServer, request: APIRequestContext, key: string): Promise<string | undefined> {
  return (await getRun(server, request, '1')).steps.find((step) => step.key === key)?.status;
}

async function letGo(server: TestServer, request: APIRequestContext): Promise<number[]> {
  await writeFile(`${server.home}/go`, '');
  await expect.poll(async () => (await getRun(server, request, '1')).status).toBe('completed');
  return (await getRun(server, request, '1')).steps.map(({ attempts }) => attempts);
}

test('a run survives the death of the server, and no finished step runs twice', async ({ server, request }) => {
  await startRun(server, request);
  await server.kill();
  await server.start();
  expect(await statusOf(server, request, 'first')).toBe('completed');
  expect(await letGo(server, request)).toEqual([1, 1]);
});

test('TERM is a restart: what runs is not disturbed by it', async ({ server, request }) => {
  await startRun(server, request);
  await server.terminate();
  await server.start();
  expect(await statusOf(server, request, 'second')).toBe('running');
  expect(await letGo(server, request)).toEqual([1, 1]);
});

test('Ctrl-C ends the steps, and the next start begins anew what was interrupted', async ({ server, request }) => {
  await startRun(server, request);
  await server.stop();
  await server.start();
  await expect.poll(async () => await statusOf(server, request, 'second')).toBe('running');
  const { steps } = await getRun(server, request, '1');
  expect(steps.find(({ key }) => key === 'second')).toMatchObject({ attempts: 2, notes: [expect.stringContaining('interrupted')] });
  expect(await letGo(server, request)).toEqual([1, 2]);
});
