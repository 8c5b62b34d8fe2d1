import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Run } from '@pipewright/shared/http/runs.ts';
import { call } from './testing/api.ts';
import { tempFolder } from './testing/temp-folder.ts';

const serve = join(import.meta.dirname, '..', '..', 'scripts', 'serve-api.ts');
const stepCount = 24;
/** Deaths of a server or launcher in one run; further runs follow until there were `kills`. */
const deathsPerRun = 5;
const kills = deathsPerRun * inject('dose');

interface Place {
  readonly home: string;
  /** Steps write here what they do, whoever watches: the truth that the database is held against. */
  readonly ledger: string;
}

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Layers of three, each step reading two of the layer before; every step says when it begins and when it is through. */
function pipeline({ ledger }: Place) {
  const say = (word: string, key: string): string => `echo "${word} ${key}" >> ${ledger}`;
  const jobs: Record<string, unknown> = {};
  for (let index = 0; index < stepCount; index += 1) {
    const key = `s${index}`;
    const sources = [index - 3, index - 4].filter((source) => source >= 0);
    jobs[key] = {
      command: `${say('begin', key)}; read -t 0.0${index % 7} <> <(:) || :; echo ${key} > \${{outputs.out}}/x; ${say('end', key)}`,
      inputs: Object.fromEntries(sources.map((source) => [`from_${source}`, `\${{parent.jobs.s${source}.outputs.out}}`])),
      outputs: { out: null },
      // An attempt that was claimed and never started is lost, and may be tried again.
      retries: { count: 20, backoff: 0, on: ['lost'] },
    };
  }
  return { document: { type: 'pipeline', jobs }, force: true };
}

async function startServer({ home }: Place): Promise<Server> {
  await rm(join(home, 'server.json'), { force: true });
  const announced = untilFile(home, 'server.json', (text) => text.trimEnd().endsWith('}'));
  const child = spawn(process.execPath, [serve, '--home', home], { stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { url } = z.object({ url: z.url() }).parse(JSON.parse(await announced));
  return { child, url };
}

async function untilFile(folder: string, name: string, isThere: (text: string) => boolean): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const look = (): void => {
    const text = existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';
    if (isThere(text)) resolve(text);
  };
  const watcher = watch(folder, look);
  look();
  return await promise.finally(() => watcher.close());
}

const lines = (text: string): string[] => text.split('\n').slice(0, -1);

async function launcherOf(server: Server): Promise<number | null> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes('launcher.ts')) continue;
    const parent = /^PPid:\s+(\d+)/m.exec(await readFile(`/proc/${entry}/status`, 'utf8').catch(() => ''))?.[1];
    if (parent === String(server.child.pid)) return Number(entry);
  }
  return null;
}

/** Kills at a moment that the ledger decides, with a little chance in it. */
async function killAt(place: Place, server: Server, { after, whom }: { readonly after: number; readonly whom: 'server' | 'launcher' | 'both' }): Promise<void> {
  await untilFile(place.home, 'ledger', (text) => lines(text).length >= after);
  const launcher = whom === 'server' ? null : await launcherOf(server);
  if (launcher !== null) process.kill(launcher, 'SIGKILL');
  if (whom === 'launcher') return;
  const gone = once(server.child, 'exit');
  server.child.kill('SIGKILL');
  await gone;
}

async function survive(chance: (below: number) => number): Promise<void> {
  const home = await tempFolder();
  const place: Place = { home, ledger: join(home, 'ledger') };
  let server = await startServer(place);
  expect((await call(server, '/api/runs', { body: pipeline(place) })).status).toBe(201);
  for (let death = 0; death < deathsPerRun; death += 1) {
    const after = Math.floor(((death + chance(100) / 100) * 2 * stepCount) / deathsPerRun);
    const whom = (['server', 'server', 'launcher', 'both'] as const)[chance(4)] ?? 'server';
    await killAt(place, server, { after, whom });
    if (whom !== 'launcher') server = await startServer(place);
  }
  await expect.poll(async () => Run.parse((await call(server, '/api/runs/1')).body).status, { timeout: 60_000 }).toBe('completed');
  const run = Run.parse((await call(server, '/api/runs/1')).body);
  checkLedger(lines(await readFile(place.ledger, 'utf8')), run);
  const gone = once(server.child, 'exit');
  server.child.kill('SIGINT');
  await gone;
}

/** Each step ended once, began no more often than it had attempts, never twice at once, and after what it reads. */
function checkLedger(ledger: readonly string[], run: Run): void {
  const begun = new Map<string, number>();
  const ended = new Set<string>();
  for (const line of ledger) {
    const [word = '', key = ''] = line.split(' ');
    if (word === 'begin') {
      expect(ended.has(key), `${key} began again after it had ended`).toBe(false);
      begun.set(key, (begun.get(key) ?? 0) + 1);
      for (const input of Object.values(run.snapshot.steps[key]?.inputs ?? {})) {
        if (input.kind === 'output') expect(ended.has(input.step), `${key} began before ${input.step} had ended`).toBe(true);
      }
    } else {
      expect(ended.has(key), `${key} ended twice`).toBe(false);
      ended.add(key);
    }
  }
  expect(ended.size).toBe(stepCount);
  for (const { key, attempts } of run.steps) expect(begun.get(key) ?? 0, key).toBeLessThanOrEqual(attempts);
}

it('survives the death of server and launcher at any moment: no finished step runs twice, none runs twice at once', { timeout: 20_000 * kills }, async () => {
  // A small generator, so that a seed gives the same deaths.
  let state = inject('seed');
  const chance = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  for (let deaths = 0; deaths < kills; deaths += deathsPerRun) await survive(chance);
});
