import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { root } from '../run-command.ts';

// Prints the figures that Pipewright promises. Absolute times vary with the machine; where something can be run beside
// ours, the ratio is what counts. `npm run bench`.

const RunAnswer = z.object({ id: z.string() });
const RunState = z.object({ status: z.string(), queuedAt: z.string(), endedAt: z.string().nullable() });

const home = await mkdtemp(join(tmpdir(), 'pipewright-bench-'));
const rows: [figure: string, value: string, wanted: string][] = [];

const began = performance.now();
const server = await startServer();
rows.push(['pipewright start to a served page, warm', seconds(performance.now() - began), '≤ 3 s']);
rows.push(['server, resident, idle', `${await residentMegabytes(server.pid)} MB`, '≤ 200 MB']);

const first = await runGallery({ gallery: 'fuel-economy' });
rows.push(['regression sample with its environments built on the way', seconds(first), '–']);
rows.push(['regression sample, environments ready, all steps run', seconds(await runGallery({ gallery: 'fuel-economy', force: true })), '≤ 15 s']);
rows.push(['the same, all steps reused', `${Math.round(await runGallery({ gallery: 'fuel-economy' }))} ms`, '≤ 500 ms']);
rows.push(['launcher, resident', `${await launcherMegabytes()} MB`, '≤ 70 MB']);

const bare = await bareSpawnMs();
const step = await stepMs();
rows.push(['a step that is `true`, in a chain of 100', `${step.toFixed(1)} ms`, '']);
rows.push(['a bare `bash -c true` beside it', `${bare.toFixed(1)} ms`, '']);
rows.push(['ours beyond the process itself', `${(step - bare).toFixed(1)} ms`, '≤ 15 ms']);
rows.push(['JavaScript of the first page, compressed', `${await firstPageKilobytes()} kB`, '≤ 350 kB']);

server.child.kill('SIGINT');
await once(server.child, 'exit');
await rm(home, { recursive: true, force: true });

const width = Math.max(...rows.map(([figure]) => figure.length));
for (const [figure, value, wanted] of rows) console.log(`${figure.padEnd(width)}  ${value.padStart(10)}  ${wanted}`);

async function startServer() {
  const child = spawn(join(root, 'server', 'bin', 'pipewright'), ['start', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { promise, resolve } = Promise.withResolvers<string>();
  child.stdout.on('data', (data: Buffer) => {
    const url = /http:\/\/\S+/.exec(data.toString())?.[0];
    if (url) resolve(url);
  });
  const url = await promise;
  await (await fetch(url)).text();
  return { child, url, pid: child.pid ?? 0 };
}

async function runGallery(request: Record<string, unknown>): Promise<number> {
  const run = RunAnswer.parse(await post('/api/runs', request));
  return await untilEnded(run.id);
}

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return await response.json();
}

/** Milliseconds from acceptance to the end, as the run itself says. */
async function untilEnded(id: string): Promise<number> {
  for (;;) {
    const run = RunState.parse(await (await fetch(`${server.url}/api/runs/${id}`)).json());
    if (run.status === 'failed') throw new Error(`run ${id} failed`);
    if (run.endedAt !== null) return Date.parse(run.endedAt) - Date.parse(run.queuedAt);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stepMs(): Promise<number> {
  const count = 100;
  const jobs: Record<string, unknown> = {};
  for (let index = 0; index < count; index += 1) {
    const inputs = index === 0 ? {} : { before: `\${{parent.jobs.s${index - 1}.outputs.out}}` };
    jobs[`s${index}`] = { command: 'true', inputs, outputs: { out: null } };
  }
  const run = RunAnswer.parse(await post('/api/runs', { document: { type: 'pipeline', jobs }, force: true }));
  return (await untilEnded(run.id)) / count;
}

async function bareSpawnMs(): Promise<number> {
  const count = 100;
  const from = performance.now();
  for (let index = 0; index < count; index += 1) await once(spawn('bash', ['-c', 'true'], { stdio: 'ignore' }), 'exit');
  return (performance.now() - from) / count;
}

async function launcherMegabytes(): Promise<number> {
  for (const entry of await readdir('/proc')) {
    const command = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '') : '';
    const parent = command.includes('launcher.ts') ? /^PPid:\s+(\d+)/m.exec(await readFile(`/proc/${entry}/status`, 'utf8'))?.[1] : undefined;
    if (parent === String(server.pid)) return await residentMegabytes(Number(entry));
  }
  return Number.NaN;
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024);
}

/** What the browser must load before home shows: the entry, what it names to be preloaded, and nothing lazy. */
async function firstPageKilobytes(): Promise<number> {
  const page = join(root, 'web', 'dist');
  const html = await readFile(join(page, 'index.html'), 'utf8');
  let bytes = 0;
  for (const [, path = ''] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)) {
    const file = join(page, path);
    if ((await stat(file)).isFile()) bytes += gzipSync(await readFile(file)).length;
  }
  return Math.round(bytes / 1024);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
