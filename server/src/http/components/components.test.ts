import { describe, expect, it } from 'vitest';
import { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { call } from '../../testing/api.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

describe('what comes with the product', () => {
  const server = sharedTestServer();

  it('is registered: components by name and version, or the latest', async () => {
    const { items } = pageOf(RegisteredComponent).parse((await call(server(), '/api/components')).body);
    expect(items.length).toBeGreaterThanOrEqual(21);
    const [first] = items;
    expect(first).toMatchObject({ source: 'built-in', reference: `azureml:${first?.name}:${first?.version}` });
    expect((await call(server(), `/api/components/${first?.name}/latest`)).body).toMatchObject({ name: first?.name, component: { type: 'command' } });
    expect(await call(server(), `/api/components/${first?.name}/99`)).toMatchObject({ status: 404, body: { title: expect.stringContaining('Version 99') } });
    expect((await call(server(), '/api/components/nothing/latest')).status).toBe(404);
  });

  it('has environments, which are not built before a step needs them', async () => {
    const { items } = pageOf(RegisteredEnvironment).parse((await call(server(), '/api/environments')).body);
    expect(items.map(({ name }) => name)).toContain('sklearn-1.5');
    expect(items.every(({ build }) => build === null)).toBe(true);
  });
});
