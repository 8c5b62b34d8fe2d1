import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { DataFolder } from '../data-folder.ts';
import { listenOnLoopback, loopback } from '../listen-on-loopback.ts';
import { createPlace, oneStep } from '../testing/place.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer } from '../testing/test-server.ts';
import { callApi } from './call-api.ts';
import { ConfigError, withConnection } from './connect.ts';
import { watchRun } from './watch-run.ts';

/** Another command's server. `isAnswered` says of each question whether it gets an answer, by how many came before it. */
async function passingServer(home: string, isAnswered: (before: number) => boolean = () => false) {
  const asked: string[] = [];
  let looks = 0;
  let isReady = true;
  let onLook = (): void => undefined;
  const http = createServer((request, response) => {
    if (request.url === '/api/health') {
      looks += 1;
      onLook();
      response.writeHead(isReady ? 200 : 503).end('{}');
      return;
    }
    asked.push(request.url ?? '');
    if (isAnswered(asked.length - 1)) response.end('"answer"');
    else request.socket.destroy();
  });
  const url = `http://${loopback}:${await listenOnLoopback(http, [0])}`;
  const close = async (): Promise<void> => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  onTestFinished(close);
  await writeFile(join(home, 'server.json'), JSON.stringify({ pid: process.pid, url, version: '0', startedAt: '', passing: true }));
  return {
    url,
    asked,
    close,
    looks: () => looks,
    /** It is there, and not ready to be asked. */
    busy: (act: () => void) => {
      isReady = false;
      onLook = act;
    },
  };
}

describe('a question without an answer', () => {
  it('goes to the server that takes over, also at the same address', async () => {
    const home = await tempFolder();
    const server = await passingServer(home, (before) => before > 0);
    expect(await withConnection(home, async ({ call }) => await call('/api/x', z.string()))).toBe('answer');
    expect(server.asked).toEqual(['/api/x', '/api/x']);
  });

  it('is not asked for ever', async () => {
    const home = await tempFolder();
    const server = await passingServer(home, (before) => before > 20);
    await expect(withConnection(home, async ({ call }) => await call('/api/x', z.string()))).rejects.toThrow('6 servers in a row went away without an answer');
    expect(server.asked).toHaveLength(6);
  });
});

it('lets go of the folder when it cannot take over', async () => {
  const home = await tempFolder();
  const server = await passingServer(home);
  await withConnection(home, async ({ call }) => {
    await server.close();
    await writeFile(join(home, 'config.yml'), 'slots: none\n');
    await expect(call('/api/x', z.string())).rejects.toThrow(ConfigError);
    const folder = await DataFolder.open(home);
    await folder[Symbol.asyncDispose]();
  });
});

it('waits for whoever has the folder as long as the clock says, however long each look takes', async () => {
  const home = await tempFolder();
  const folder = await DataFolder.open(home);
  onTestFinished(async () => await folder[Symbol.asyncDispose]());
  const server = await passingServer(home);
  let nowMs = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  onTestFinished(() => clock.mockRestore());
  server.busy(() => (nowMs += 2000));
  await expect(withConnection(home, async () => 'connected')).rejects.toThrow('is using the data folder');
  expect(server.looks()).toBe(3);
});

it('Ctrl-C reaches the server that takes over', async () => {
  const { home, cwd } = await createPlace();
  await writeFile(join(cwd, 'long.yml'), oneStep('sleep 60'));
  const next = await testServer({ home });
  const accepted = await callApi(`${next.url}/api/runs`, RunSummary, { file: join(cwd, 'long.yml') });
  const announced = { pid: process.pid, version: '0', startedAt: '' };
  const first = await passingServer(home);
  const ended = await withConnection(home, async (connection) => {
    expect(connection.url).toBe(first.url);
    await first.close();
    await writeFile(join(home, 'server.json'), JSON.stringify({ ...announced, url: next.url }));
    const watched = watchRun(connection, accepted);
    process.emit('SIGINT', 'SIGINT');
    return await watched;
  });
  expect(ended.status).toBe('cancelled');
});
