// What a step costs beyond its own process: attempts that are `true`, against bare spawns of `bash -c true` in the same
// process. Prints one line per part, and the ratio, which means more than the times on a busy machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createArtifactStore } from '../../server/src/artifacts/create-artifact-store.ts';
import { AttemptFolder } from '../../server/src/compute/attempt-folder.ts';
import { layOutAttempt } from '../../server/src/compute/lay-out-attempt.ts';
import { createLocalRunner } from '../../server/src/compute/local/local-runner.ts';

const rounds = Number(process.argv[2] ?? 200);
const home = await mkdtemp(join(tmpdir(), 'pipewright-bench-'));
const runner = createLocalRunner();
try {
  const artifacts = createArtifactStore(join(home, 'objects'), Date.now);
  const code = await codeOf(join(home, 'code'));
  const bare = await medianOf(async () => await once(spawn('bash', ['-c', 'true'], { stdio: 'ignore', detached: true }), 'exit'));

  const snapshot = await artifacts.collectCode({ folder: code, includes: [], definition: null });
  const specs: Parameters<typeof runner.start>[0][] = [];
  const layOut = await medianOf(async (round) => {
    const layout = await layOutAttempt({
      folder: new AttemptFolder(join(home, 'runs'), { runId: '1', step: `s${round}`, attempt: 1 }),
      step: {
        displayName: 'bench',
        componentReference: null,
        component: {
          type: 'command',
          command: 'true ${{inputs.rate}} ${{outputs.data}}',
          inputs: { rate: { type: 'number' } },
          outputs: { data: { type: 'uri_folder' } },
        },
        code: snapshot,
        environment: null,
        environmentVariables: {},
        compute: 'local',
        isDeterministic: true,
        inputs: {},
        outputs: { data: { type: 'uri_folder' } },
        notes: [],
      },
      inputs: { rate: { kind: 'literal', value: 0.1 } },
      environment: { hash: '', binFolder: dirname(process.execPath), python: 'python3', variables: {}, builder: 'host', notes: [], lock: null },
      artifacts,
      tracking: { uri: 'http://127.0.0.1:1', runId: '1', experiment: 'bench' },
    });
    if (layout.ok) specs.push(layout.spec);
  });
  const [first, ...rest] = specs;
  if (first) await (await runner.start(first)).ended;
  const run = await medianOf(async (round) => {
    const spec = rest[round];
    if (spec) await (await runner.start(spec)).ended;
  }, rest.length);

  const folders = await Promise.all(Array.from({ length: rounds }, async (_, round) => await outputOf(join(home, 'out', String(round)), String(round))));
  const collect = await medianOf(async (round) => void (await artifacts.collect(folders[round] ?? '')));

  print('bare spawn of `bash -c true`', bare);
  print('attempt: from start to its ending', run);
  print('layout: code of 3 files, log, description', layOut);
  print('collecting an output of 3 files', collect);
  console.log(`an attempt costs ${(run - bare).toFixed(1)} ms beyond a bare spawn (${(run / bare).toFixed(1)} times)`);
  console.log(`in all ${(run - bare + layOut + collect).toFixed(1)} ms beyond the process itself`);
} finally {
  await runner[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
}

async function medianOf(work: (round: number) => Promise<unknown>, count = rounds): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const start = performance.now();
    await work(round);
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

async function codeOf(folder: string): Promise<string> {
  await mkdir(folder);
  for (const name of ['train.py', 'model.py', 'settings.json']) await writeFile(join(folder, name), name);
  return folder;
}

async function outputOf(folder: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of ['data.parquet', 'MLTable', 'notes.json']) await writeFile(join(folder, name), `${name} ${text}`);
  return folder;
}

function print(what: string, milliseconds: number): void {
  console.log(`${what.padEnd(46)} ${milliseconds.toFixed(2)} ms`);
}
