import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataFolder } from '../data-folder.ts';
import { tempFolder } from '../testing/temp-folder.ts';

const main = join(import.meta.dirname, '..', 'main.ts');

/** What `pipewright start` says before it gives up. */
async function startFails(...args: string[]): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, [main, 'start', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const said = await text(child.stderr);
  await exited;
  return { status: child.exitCode, said };
}

describe('pipewright start', () => {
  it('refuses what it cannot do, with status 2', async () => {
    const home = await tempFolder();
    expect(await startFails('--home', home, '--port', 'eighty')).toMatchObject({
      status: 2,
      said: expect.stringContaining('a port is a number from 0 to 65535'),
    });
    expect(await startFails('--home', home, '--host', '0.0.0.0')).toMatchObject({ status: 2, said: expect.stringContaining('only listens on this machine') });
    await writeFile(join(home, 'config.yml'), 'slots: many\n');
    expect(await startFails('--home', home, '--port', '0')).toMatchObject({
      status: 2,
      said: expect.stringMatching(/^\S*config\.yml:1:1: error slots must be a number/m),
    });
  });

  it('says who has the folder or the port, and the way out, with status 3', async () => {
    const home = await tempFolder();
    const folder = await DataFolder.open(home);
    onTestFinished(async () => await folder[Symbol.asyncDispose]());
    await folder.announce({ pid: 4711, url: 'http://127.0.0.1:1', version: '0', startedAt: '' });
    expect(await startFails('--home', home)).toEqual({
      status: 3,
      said: `pipewright: The server with process id 4711 at http://127.0.0.1:1 is using the data folder ${home}. Open that one, end it, or choose another folder with --home.\n`,
    });
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? String(address.port) : '';
    expect(await startFails('--home', await tempFolder(), '--port', port)).toMatchObject({
      status: 3,
      said: expect.stringContaining(`Port ${port} is in use`),
    });
    const file = join(await tempFolder(), 'file');
    await writeFile(file, '');
    expect(await startFails('--home', join(file, 'below'))).toMatchObject({ status: 3, said: expect.stringContaining('a file is in the way') });
  });
});
