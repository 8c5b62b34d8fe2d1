import { constants } from 'node:fs';
import { access, link, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { homeFolder, readConfig } from '../config.ts';
import { findPythons, type Python } from '../environments/find-python.ts';
import { runTool } from '../environments/run-tool.ts';
import { isThere } from '../is-there.ts';
import { machineCapacity } from '../scheduler/machine-capacity.ts';
import { version } from '../version.ts';
import { findServer } from './connect.ts';
import { describeBytes } from '../describe-bytes.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments } from './parse-arguments.ts';
import { printJson } from './print-json.ts';
import { formatProblem } from './print-problems.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** One thing that was looked at. `missing`: something does not work without it; `limited`: it works less well. */
interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'limited' | 'missing';
  readonly text: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** Too little room for an environment and what steps put out. */
const littleSpace = 2 * 1000 ** 3;

/** Says what this machine can run, what is missing, and how to get it; takes no lock and changes nothing. */
export async function doctor(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values } = parseArguments(args, options, 0);
    const home = homeFolder(values.home);
    const findings = (await Promise.all([lookAtSelf(home), lookAtHome(home), lookAtPython(), lookAtShell()])).flat();
    if (values.json) printJson({ version, items: findings });
    else for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
    return findings.some(({ state }) => state === 'missing') ? exitStatus.runFailed : exitStatus.done;
  });
}

const signs = { ok: 'ok     ', limited: 'limited', missing: 'missing' } as const;

const lineOf = ({ name, state, text, fix }: Finding): string =>
  `${signs[state]}  ${name.padEnd(12)}${text}${fix === undefined ? '' : `\n${' '.repeat(21)}${fix}`}`;

async function lookAtSelf(home: string): Promise<Finding[]> {
  const running = await findServer(home);
  const config = await readConfig(home);
  const capacity = config.ok ? machineCapacity(config.config) : null;
  const cards = capacity?.gpu === 0 ? 'no graphics card' : `${capacity?.gpu} graphics cards`;
  return [
    { name: 'Pipewright', state: 'ok', text: `${version}, Node ${process.versions.node}` },
    running
      ? { name: 'server', state: 'ok', text: `runs at ${running.url}` }
      : { name: 'server', state: 'ok', text: 'does not run; pipewright start begins one' },
    config.ok
      ? { name: 'machine', state: 'ok', text: `${config.config.slots} steps at once, ${describeBytes(capacity?.memoryBytes ?? 0)} of memory, ${cards}` }
      : { name: 'config.yml', state: 'missing', text: config.problems.map(formatProblem).join(' '), fix: 'Mend the file, or take it away.' },
  ];
}

async function lookAtHome(home: string): Promise<Finding[]> {
  const folder = await firstThatExists(home);
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    return [{ name: 'data folder', state: 'missing', text: `${home} cannot be written`, fix: 'Choose another with --home DIR or PIPEWRIGHT_HOME.' }];
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const space: Finding =
    free < littleSpace
      ? { name: 'data folder', state: 'limited', text: `${home}, ${describeBytes(free)} free`, fix: 'pipewright gc --dry-run says what could go.' }
      : { name: 'data folder', state: 'ok', text: `${home}, ${describeBytes(free)} free` };
  if (await canLink(folder)) return [space];
  return [
    space,
    { name: 'hard links', state: 'limited', text: `${folder} has none: outputs are copied`, fix: 'A data folder on a local disk saves time and room.' },
  ];
}

async function firstThatExists(path: string): Promise<string> {
  return dirname(path) === path || (await isThere(path)) ? path : await firstThatExists(dirname(path));
}

async function canLink(folder: string): Promise<boolean> {
  const scratch = await mkdtemp(join(folder, '.pipewright-doctor-')).catch(() => null);
  if (scratch === null) return true;
  try {
    await writeFile(join(scratch, 'a'), '');
    return await link(join(scratch, 'a'), join(scratch, 'b')).then(
      () => true,
      () => false,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function lookAtPython(): Promise<Finding[]> {
  const pythons = await findPythons();
  const [first] = pythons;
  if (!first)
    return [
      { name: 'Python', state: 'missing', text: 'no version 3.9 or newer', fix: 'Install Python 3 with venv (apt install python3-venv, brew install python).' },
    ];
  const found: Finding = {
    name: 'Python',
    state: 'ok',
    text: oneOfEach(pythons)
      .map(({ version: of, path }) => `${of} (${path})`)
      .join(', '),
  };
  if ((await runTool('uv', ['--version'])).ok) return [found, { name: 'uv', state: 'ok', text: 'makes environments' }];
  if ((await runTool(first.path, ['-m', 'pip', '--version'])).ok)
    return [found, { name: 'uv', state: 'ok', text: 'is fetched once, with the first environment' }];
  const hasVenv = (await runTool(first.path, ['-c', 'import venv, ensurepip'])).ok;
  if (hasVenv) return [found, { name: 'uv', state: 'limited', text: 'venv makes environments, more slowly', fix: 'Install uv or pip.' }];
  return [found, { name: 'environments', state: 'missing', text: 'neither uv, pip nor venv is there', fix: 'apt install python3-venv, or install uv.' }];
}

/** The first of each version: one interpreter goes by several names. */
function oneOfEach(pythons: readonly Python[]): Python[] {
  return pythons.filter(({ version: of }, index) => pythons.findIndex((other) => other.version === of) === index);
}

async function lookAtShell(): Promise<Finding[]> {
  const { ok, stdout } = await runTool('bash', ['-c', 'echo $BASH_VERSION']);
  return [ok ? { name: 'bash', state: 'ok', text: stdout.trim() } : { name: 'bash', state: 'missing', text: 'steps run under it', fix: 'Install bash.' }];
}
