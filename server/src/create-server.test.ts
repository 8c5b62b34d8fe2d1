import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createServer } from './create-server.ts';
import { DataFolder, DataFolderError, readServerFile } from './data-folder.ts';
import { PortError } from './listen-on-loopback.ts';
import { createLogger } from './logger.ts';
import { call, stepReaches } from './testing/api.ts';
import { tempFolder } from './testing/temp-folder.ts';
import { testServer } from './testing/test-server.ts';

async function openWith(home: string, port: number) {
  const folder = await DataFolder.open(home);
  onTestFinished(async () => await folder[Symbol.asyncDispose]());
  const config = { home, slots: 1, environments: {}, displayName: 'Ada' };
  return await createServer({ folder, config, logger: createLogger('silent'), port, pageFolder: null });
}

describe('a server', () => {
  it('says where it is when it answers, and is gone without a trace when it is closed', async () => {
    const server = await testServer();
    const file = await readServerFile(server.home);
    expect(file).toMatchObject({ pid: process.pid, url: server.url });
    expect((await call({ url: file?.url ?? '' }, '/api/health')).status).toBe(200);
    await server.close();
    expect(await readServerFile(server.home)).toBeNull();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });

  it('refuses a port that another program has, with the way out, and lets go of everything', async () => {
    const other = createHttpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const home = await tempFolder();
    const refused = openWith(home, port);
    await expect(refused).rejects.toThrow(PortError);
    await expect(refused).rejects.toThrow(`Port ${port} is in use by another program. End that one, or choose another with --port N (0 takes any free one).`);
    await expect(access(join(home, 'server.json'))).rejects.toThrow('ENOENT');
  });

  it('takes the port again that its unfinished steps know', async () => {
    const home = await tempFolder();
    const folder = await tempFolder();
    const before = await testServer({ home });
    const running = stepReaches(before, 'wait', ({ status }) => status === 'running');
    const command = `until [ -e ${folder}/go ]; do read -t 0.02 <> <(:) || :; done`;
    await call(before, '/api/runs', { body: { document: { type: 'pipeline', jobs: { wait: { command } } } } });
    await running;
    await before.close();
    const after = await testServer({ home });
    expect(after.url).toBe(before.url);
    await writeFile(join(folder, 'go'), '');
  });

  it('says that its database cannot be used', async () => {
    const home = await tempFolder();
    await writeFile(join(home, 'pipewright.db'), 'x'.repeat(8192));
    const refused = openWith(home, 0);
    await expect(refused).rejects.toThrow(DataFolderError);
    await expect(refused).rejects.toThrow(`The data folder ${home} cannot be used: the file is not a database.`);
  });
});
