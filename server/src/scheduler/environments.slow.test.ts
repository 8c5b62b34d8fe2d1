import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { runToEnd } from '../testing/api.ts';
import { testServer } from '../testing/test-server.ts';

const withSix = (version: string) => ({
  type: 'command',
  command: 'python -c "import six; print(six.__version__)" > ${{outputs.out}}',
  environment: { conda_file: { dependencies: ['python>=3.9', { pip: [`six==${version}`] }] } },
  outputs: { out: { type: 'uri_file' } },
});

it('runs two steps of one pipeline in two environments, and says what differs when one of them changes', async () => {
  const server = await testServer();
  const both = (old: string) => ({ type: 'pipeline', jobs: { old: withSix(old), recent: withSix('1.17.0') } });
  const { steps } = await runToEnd(server, { document: both('1.15.0') });
  const versions = await Promise.all(
    Object.values(steps).map(async (step) => {
      const hash = step.status === 'completed' ? (step.outputs['out']?.hash ?? '') : '';
      return await readFile(server.services.artifacts.pathOf(hash), 'utf8');
    }),
  );
  expect(versions).toEqual(['1.15.0\n', '1.17.0\n']);

  const changed = await runToEnd(server, { document: both('1.16.0') });
  expect(changed.steps['recent']?.status).toBe('reused');
  expect(changed.steps['old']).toMatchObject({
    status: 'completed',
    reasons: [{ code: 'environment-changed', subject: 'six', text: 'environment: six 1.15.0 → 1.16.0' }],
  });
});
