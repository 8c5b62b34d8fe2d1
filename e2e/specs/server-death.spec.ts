import { expect } from '@playwright/test';
import { test } from '../fixtures/server.ts';

test('a run survives the death of the server, and no finished step runs twice', async ({ server, request }) => {
  const document = {
    type: 'pipeline',
    jobs: {
      first: { command: 'echo once >> ${{outputs.out}}/ran', outputs: { out: null } },
      // Waits for a file, so that the server dies while it runs.
      second: {
        command: `until [ -e ${server.home}/go ]; do read -t 0.05 <> <(:) || :; done; cat \${{inputs.data}}/ran > \${{outputs.out}}/copy`,
        inputs: { data: '${{parent.jobs.first.outputs.out}}' },
        outputs: { out: null },
      },
    },
  };
  const submitted = await request.post(`${server.url}/api/runs`, { data: { document } });
  expect(submitted.status()).toBe(201);
  const step = async (key: string): Promise<string> => {
    const run = await (await request.get(`${server.url}/api/runs/1`)).json();
    return run.steps.find((candidate: { key: string }) => candidate.key === key).status;
  };
  await expect.poll(async () => await step('second')).toBe('running');
  await server.kill();
  await server.start();
  expect(await step('first')).toBe('completed');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(`${server.home}/go`, '');
  await expect.poll(async () => (await (await request.get(`${server.url}/api/runs/1`)).json()).status).toBe('completed');
  const run = await (await request.get(`${server.url}/api/runs/1`)).json();
  expect(run.steps.map(({ attempts }: { attempts: number }) => attempts)).toEqual([1, 1]);
});
