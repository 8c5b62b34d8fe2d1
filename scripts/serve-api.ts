import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { readConfig } from '../server/src/config.ts';
import { createServer } from '../server/src/create-server.ts';
import { DataFolder } from '../server/src/data-folder.ts';
import { createLogger } from '../server/src/logger.ts';

// The server without a page, for `npm run dev`: Vite serves the page. It goes when the watcher restarts it (TERM), and
// steps live on; on Ctrl-C they end.

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, home: { type: 'string', default: '.cache/dev' } } });
const signalled = Promise.race([once(process, 'SIGINT').then(() => 'SIGINT'), once(process, 'SIGTERM').then(() => 'SIGTERM')]);
const folder = await DataFolder.open(values.home);
try {
  const outcome = await readConfig(folder.path);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join(' '));
  const server = await createServer({ folder, config: outcome.config, logger: createLogger('info'), port: Number(values.port), pageFolder: null });
  if ((await signalled) === 'SIGINT') await server.scheduler.interrupt();
  await server[Symbol.asyncDispose]();
} finally {
  await folder[Symbol.asyncDispose]();
}
