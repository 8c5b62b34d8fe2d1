import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import { describeBuildFailure, type BuildFailure } from './describe-build-failure.ts';
import type { PrepareListener } from './environment-builder.ts';
import type { Python } from './find-python.ts';
import { isForNobody, pipResolver, uvResolver, type PackageResolver } from './package-resolver.ts';
import { relaxRequirements } from './relax-requirements.ts';
import { runTool, type ToolOptions, type ToolResult } from './run-tool.ts';

/** What an environment held when it was made before, and what had given way for that. */
export interface EarlierBuild {
  readonly lock: EnvironmentLock;
  readonly notes: readonly string[];
}

export interface BuildRequest {
  readonly requirements: readonly string[];
  /** Nothing gives way. */
  readonly isStrict: boolean;
  /** The same is tried first. Null: there was none. */
  readonly earlier: EarlierBuild | null;
  readonly python: Python;
  /** There and empty. Virtual environments cannot be moved: it is built where it stays. */
  readonly folder: string;
  /** Undefined: Python's own venv and pip do the work. */
  readonly uv: string | undefined;
  /** Where packages come from, in uv's variables. */
  readonly uvSettings: Readonly<Record<string, string>>;
  readonly listener: PrepareListener;
  readonly signal: AbortSignal;
}

interface BuiltEnvironment {
  readonly ok: true;
  readonly builder: 'uv' | 'venv';
  readonly notes: readonly string[];
}

export type Built = BuiltEnvironment | ({ readonly ok: false } & BuildFailure);

const installing = 'The packages could not be installed';

/** Makes a virtual environment `venv` in the folder, with the requirements in it and its bytecode compiled. */
export async function buildEnvironment(request: BuildRequest): Promise<Built> {
  const { uv } = request;
  return uv === undefined ? await buildWithVenv(request) : await buildWithUv(request, uv);
}

async function buildWithUv(request: BuildRequest, uv: string): Promise<Built> {
  const { folder, python, signal, uvSettings } = request;
  const options: ToolOptions = { variables: uvSettings, signal, onLine: progressOf(request) };
  const venv = join(folder, 'venv');
  const made = await runTool(uv, ['venv', '--seed', '--no-progress', '--python', python.path, venv], options);
  if (!made.ok) return failed(made, 'The virtual environment could not be made');
  const install: Install = async (wanted, flags = []) => {
    const file = await writeRequirements(folder, wanted);
    return await runTool(uv, ['pip', 'install', '--no-progress', '--compile-bytecode', '--python', join(venv, 'bin', 'python'), ...flags, '-r', file], options);
  };
  return await fill(request, { builder: 'uv', install, resolver: async () => uvResolver(uv, { python, options }) });
}

async function buildWithVenv(request: BuildRequest): Promise<Built> {
  const { folder, python, signal } = request;
  const options: ToolOptions = { signal, onLine: progressOf(request) };
  const venv = join(folder, 'venv');
  const made = await runTool(python.path, ['-m', 'venv', venv], options);
  if (!made.ok) {
    const message = `${python.path} has neither pip nor venv, and uv is not installed. Install one of them: the package python3-venv of your system, or uv.`;
    return { ...failed(made, ''), ok: false, message };
  }
  const own = join(venv, 'bin', 'python');
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--compile', '--progress-bar', 'off'];
  const install: Install = async (wanted, flags = []) => await runTool(own, [...pip, ...flags, '-r', await writeRequirements(folder, wanted)], options);
  return await fill(request, { builder: 'venv', install, resolver: async () => await pipResolver(own, options) });
}

interface Installer {
  readonly builder: BuiltEnvironment['builder'];
  readonly install: Install;
  /** Null where it cannot be asked what there is. */
  readonly resolver: () => Promise<PackageResolver | null>;
}

/** What an earlier build held, else what is written, else the nearest to it. */
async function fill(request: BuildRequest, { builder, install, resolver }: Installer): Promise<Built> {
  const { requirements, python, signal, listener, isStrict } = request;
  const again = await makeAgain(request, install);
  if (again) return { ok: true, builder, notes: again.notes };
  const exact = await install(requirements);
  if (exact.ok) return { ok: true, builder, notes: [] };
  const mayGiveWay = !isStrict && !signal.aborted && !isForNobody(exact.lines);
  const asked = mayGiveWay ? await resolver() : null;
  const relaxed = asked ? await relaxRequirements(requirements, { resolver: asked, python }) : undefined;
  if (!relaxed) return failed(exact, installing);
  for (const note of relaxed.notes) listener.line(note);
  const nearest = await install(relaxed.requirements);
  return nearest.ok ? { ok: true, builder, notes: relaxed.notes } : failed(exact, installing);
}

type Install = (wanted: readonly string[], flags?: readonly string[]) => Promise<ToolResult>;

/** Exactly what an earlier build held, so that results made in it still count; null where it cannot be had again. */
async function makeAgain({ earlier, python, requirements }: BuildRequest, install: Install): Promise<EarlierBuild | null> {
  if (earlier?.lock.python !== python.version) return null;
  const options = requirements.filter((line) => line.startsWith('-') && !/^(-e|--editable)\b/.test(line));
  return (await install([...options, ...earlier.lock.packages], ['--no-deps'])).ok ? earlier : null;
}

async function writeRequirements(folder: string, requirements: readonly string[]): Promise<string> {
  const file = join(folder, 'requirements.txt');
  await writeFile(file, `${requirements.join('\n')}\n`);
  return file;
}

/** A few words for the node's strip out of what the installer says. */
function progressOf({ listener, requirements }: BuildRequest): (line: string) => void {
  const all = requirements.length === 1 ? (requirements[0] ?? '') : `${requirements.length} packages`;
  return (line) => {
    listener.line(line);
    const resolved = /^Resolved (\d+) packages?/.exec(line)?.[1];
    const collecting = /^Collecting ([^\s(]+)/.exec(line)?.[1];
    if (resolved !== undefined) listener.progress(`downloading ${resolved} packages`);
    else if (collecting !== undefined) listener.progress(`collecting ${collecting}`);
    else if (/^Prepared \d+ packages?/.test(line) || line.startsWith('Installing collected packages')) listener.progress(`installing ${all}`);
    else if (/^Installed \d+ packages?/.test(line)) listener.progress('compiling bytecode');
  };
}

function failed({ lines }: ToolResult, what: string): { readonly ok: false } & BuildFailure {
  return { ok: false, ...describeBuildFailure(lines, what) };
}
