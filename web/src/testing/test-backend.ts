import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { onTestFinished } from 'vitest';
import { createSocket, type PageSocket } from '../realtime/socket.ts';

/** What the server answers: a value is sent as JSON, `{ status, body }` as said, undefined is a 404. */
type Answer = (request: { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly body: unknown }) => unknown;

export interface TestBackend {
  readonly url: string;
  /** The server's end of the sockets. */
  readonly sockets: Server;
  /** A client that is connected. */
  readonly connect: () => Promise<PageSocket>;
}

/**
 * A real HTTP and socket.io server on a free port: what the page talks to is faked at the network, not in our client.
 * It ends, with its clients, when the test does.
 */
export async function startTestBackend(answer: Answer = () => undefined): Promise<TestBackend> {
  const http = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://test');
      const reply = answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: await readJson(request) });
      const isRaw = reply !== null && typeof reply === 'object' && 'status' in reply && 'body' in reply && typeof reply.status === 'number';
      const status = reply === undefined ? 404 : isRaw ? Number(reply.status) : 200;
      const missing = { type: 'about:blank', status: 404, code: 'not-found', title: 'There is nothing here.' };
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(reply === undefined ? missing : isRaw ? reply.body : reply));
    })();
  });
  const sockets = new Server(http);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  // A listening TCP server has an address with a port.
  const { port } = http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const clients: PageSocket[] = [];
  onTestFinished(async () => {
    for (const client of clients) client.close();
    await sockets.close();
    http.closeAllConnections();
  });
  return {
    url,
    sockets,
    connect: async () => {
      const socket = createSocket(url);
      clients.push(socket);
      await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
      return socket;
    },
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  if (request.headers['content-type'] === 'application/zip') return bytes;
  const text = bytes.toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
