import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './run-command.ts';

// The page from Vite, with hot reload, and the server behind it, restarted when its sources change: steps outlive that.
// Ctrl-C ends both. The data folder is apart from the one of daily work: $PIPEWRIGHT_HOME, else .cache/dev.

const port = await freePort();
const home = process.env['PIPEWRIGHT_HOME'] ?? join(root, '.cache', 'dev');
const children = [
  run(root, ['--watch', '--watch-preserve-output', 'scripts/serve-api.ts', '--port', String(port), '--home', home]),
  run(join(root, 'web'), ['node_modules/vite/bin/vite.js', ...process.argv.slice(2)]),
];
// The terminal sends Ctrl-C to the children as well; they end by themselves, and a second one is theirs too.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', endAll);
// One without the other is of no use.
for (const child of children) child.once('exit', endAll);
await Promise.all(children.map(async (child) => await once(child, 'exit')));

function run(folder: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: folder, stdio: 'inherit', env: { ...process.env, PIPEWRIGHT_API: `http://127.0.0.1:${port}` } });
}

function endAll(): void {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('Internal error: expected a TCP address');
  return address.port;
}
