import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

export const loopback = '127.0.0.1';

/** A port that cannot be had, in words for the person who named it. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/** Takes the first of the ports that is free (0: any) and says which it was. */
export async function listenOnLoopback(server: Server, ports: readonly number[]): Promise<number> {
  const problems: string[] = [];
  for (const port of ports) {
    const error = await tryToListen(server, port);
    if (error === null) return portOf(server);
    problems.push(describe(port, error));
  }
  throw new PortError(problems.join(' '));
}

/** Says early what would be said late: whether a port can be had is known before anything is built or opened. */
export async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  await listenOnLoopback(probe, [port]);
  probe.close();
  await once(probe, 'close');
}

async function tryToListen(server: Server, port: number): Promise<Error | null> {
  const { promise, resolve } = Promise.withResolvers<Error | null>();
  const listening = (): void => resolve(null);
  server.once('error', resolve);
  server.once('listening', listening);
  server.listen(port, loopback);
  const outcome = await promise;
  server.off('error', resolve);
  server.off('listening', listening);
  return outcome;
}

function describe(port: number, error: Error): string {
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  if (isTaken) return `Port ${port} is in use by another program. End that one, or choose another with --port N (0 takes any free one).`;
  return `The server cannot listen on port ${port}: ${error.message}. Choose another with --port N (0 takes any free one).`;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Internal error: expected the address of a listening server');
  return address.port;
}
