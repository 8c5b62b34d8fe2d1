import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../run-command.ts';

// Prints what a newcomer waits for: `npm start` in a fresh clone with empty caches, beside an install of the same lock file.

const run = promisify(execFile);
const place = await mkdtemp(join(tmpdir(), 'pipewright-bench-cold-'));
try {
  const install = await installMs(await freshClone('install'));
  const start = await startMs(await freshClone('start'));
  console.log(`cold install of the lock file                             ${(install / 1000).toFixed(1)} s`);
  console.log(`cold npm start to a served page                           ${(start / 1000).toFixed(1)} s  ≤ 2 × the install: ${(start / install).toFixed(2)} ×`);
} finally {
  await rm(place, { recursive: true, force: true, maxRetries: 5 });
}

interface Clone {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** HEAD in a folder of its own, with a home and caches that nothing was put into. */
async function freshClone(name: string): Promise<Clone> {
  const [folder, home] = [join(place, name), join(place, `${name}-home`)];
  await mkdir(home);
  await run('git', ['clone', '--quiet', root, folder]);
  const { HOME: before = '', ...rest } = process.env;
  const settings = process.env['npm_config_userconfig'] ?? join(before, '.npmrc');
  const caches = { npm_config_cache: join(home, '.npm'), XDG_CACHE_HOME: join(home, '.cache'), XDG_DATA_HOME: join(home, '.local', 'share') };
  return { folder, env: { ...rest, ...caches, HOME: home, npm_config_userconfig: settings, PIPEWRIGHT_HOME: join(home, '.pipewright') } };
}

async function installMs({ folder, env }: Clone): Promise<number> {
  const began = performance.now();
  await run('npm', ['run', '--silent', 'setup'], { cwd: folder, env });
  return performance.now() - began;
}

async function startMs({ folder, env }: Clone): Promise<number> {
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--port', '0'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout.on('data', (data: Buffer) => {
    const url = /http:\/\/\S+/.exec(data.toString())?.[0];
    if (url) resolve(url);
  });
  void ended.then(() => reject(new Error('The server ended before it answered.')));
  await (await fetch(await promise)).text();
  const took = performance.now() - began;
  child.kill('SIGINT');
  await ended;
  return took;
}
