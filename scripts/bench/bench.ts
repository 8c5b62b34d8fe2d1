import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../run-command.ts';
import type { RunSummary } from '../../shared/src/run/run.ts';
import { MeasuredServer, residentMegabytes } from './measured-server.ts';

// Prints the figures that Pipewright promises. Absolute times vary with the machine; where something can be run beside
// ours, the ratio is what counts. `npm run bench`.

const rows: [figure: string, value: string, wanted: string][] = [];

const began = performance.now();
const server = await MeasuredServer.start();
rows.push(['pipewright start to a served page, warm', seconds(performance.now() - began), '≤ 3 s']);
rows.push(['server, resident, idle', megabytes(await residentMegabytes(server.pid)), '≤ 200 MB']);

const first = await runGallery({ gallery: 'fuel-economy' });
rows.push(['regression sample with its environments built on the way', seconds(first), '–']);
rows.push(['regression sample, environments ready, all steps run', seconds(await runGallery({ gallery: 'fuel-economy', force: true })), '≤ 15 s']);
rows.push(['the same, all steps reused', `${Math.round(await runGallery({ gallery: 'fuel-economy' }))} ms`, '≤ 500 ms']);
rows.push(['launcher, resident', megabytes(await residentMegabytes(await server.launcherPid())), '≤ 70 MB']);

const bare = await bareSpawnMs();
const step = await stepMs();
rows.push(['a step that is `true`, in a chain of 100', `${step.toFixed(1)} ms`, '']);
rows.push(['a bare `bash -c true` beside it', `${bare.toFixed(1)} ms`, '']);
rows.push(['ours beyond the process itself', `${(step - bare).toFixed(1)} ms`, '≤ 15 ms']);
rows.push(['JavaScript of the first page, compressed', `${await firstPageKilobytes()} kB`, '≤ 350 kB']);

await server[Symbol.asyncDispose]();

const width = Math.max(...rows.map(([figure]) => figure.length));
for (const [figure, value, wanted] of rows) console.log(`${figure.padEnd(width)}  ${value.padStart(10)}  ${wanted}`);

async function runGallery(request: Record<string, unknown>): Promise<number> {
  return durationOf(await server.untilEnded(await server.submit(request)));
}

/** Milliseconds from acceptance to the end, as the run itself says. */
function durationOf({ id, status, queuedAt, endedAt }: RunSummary): number {
  if (status !== 'completed' || endedAt === null) throw new Error(`run ${id} ended as ${status}`);
  return Date.parse(endedAt) - Date.parse(queuedAt);
}

async function stepMs(): Promise<number> {
  const count = 100;
  const jobs: Record<string, unknown> = {};
  for (let index = 0; index < count; index += 1) {
    const inputs = index === 0 ? {} : { before: `\${{parent.jobs.s${index - 1}.outputs.out}}` };
    jobs[`s${index}`] = { command: 'true', inputs, outputs: { out: null } };
  }
  return (await runGallery({ document: { type: 'pipeline', jobs }, force: true })) / count;
}

async function bareSpawnMs(): Promise<number> {
  const count = 100;
  const from = performance.now();
  for (let index = 0; index < count; index += 1) await once(spawn('bash', ['-c', 'true'], { stdio: 'ignore' }), 'exit');
  return (performance.now() - from) / count;
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

function megabytes(value: number): string {
  return `${Math.round(value)} MB`;
}
