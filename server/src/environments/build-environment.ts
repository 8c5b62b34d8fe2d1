import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import type { PrepareListener } from './environment-builder.ts';
import type { Python } from './find-python.ts';
import { findUv, indexSettings } from './find-uv.ts';
import { runTool, type ToolResult } from './run-tool.ts';

export interface BuildRequest {
  readonly definition: EnvironmentDefinition;
  readonly python: Python;
  /** Virtual environments cannot be moved: it is built where it stays. */
  readonly folder: string;
  readonly toolsFolder: string;
  readonly listener: PrepareListener;
  readonly signal: AbortSignal | undefined;
}

export type Built = { readonly ok: true; readonly builder: 'uv' | 'venv' } | { readonly ok: false; readonly message: string; readonly firstError: string | undefined; readonly lines: readonly string[] };

/** Makes a virtual environment with the requirements in it, its bytecode compiled. */
export async function buildEnvironment(request: BuildRequest): Promise<Built> {
  const { folder, definition, listener, signal } = request;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'requirements.txt'), `${definition.requirements.join('\n')}\n`);
  const options = { onLine: (line: string) => listener.line(line), signal };
  const uv = await findUv(request.toolsFolder, request.python, options);
  return uv === undefined ? await buildWithVenv(request) : await buildWithUv(request, uv);
}

async function buildWithUv(request: BuildRequest, uv: string): Promise<Built> {
  const { folder, python, listener, signal, definition } = request;
  const variables = await indexSettings(python);
  const options = { variables, signal, onLine: progressOf(listener, definition) };
  const venv = join(folder, 'venv');
  const made = await runTool(uv, ['venv', '--seed', '--no-progress', '--python', python.path, venv], options);
  if (!made.ok) return failed(made, 'The virtual environment could not be made');
  listener.progress(`installing ${count(definition)}`);
  const args = ['pip', 'install', '--no-progress', '--compile-bytecode', '--python', join(venv, 'bin', 'python'), '-r', join(folder, 'requirements.txt')];
  const installed = await runTool(uv, args, options);
  return installed.ok ? { ok: true, builder: 'uv' } : failed(installed, 'The packages could not be installed');
}

async function buildWithVenv(request: BuildRequest): Promise<Built> {
  const { folder, python, listener, signal, definition } = request;
  const options = { signal, onLine: progressOf(listener, definition) };
  const venv = join(folder, 'venv');
  const made = await runTool(python.path, ['-m', 'venv', venv], options);
  if (!made.ok) {
    const message = 'Neither uv nor Python’s own venv can make an environment here. Install one: the package python3-venv of your system, or uv';
    return failed(made, message);
  }
  listener.progress(`installing ${count(definition)}`);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--compile', '--progress-bar', 'off'];
  const installed = await runTool(join(venv, 'bin', 'python'), [...pip, '-r', join(folder, 'requirements.txt')], options);
  return installed.ok ? { ok: true, builder: 'venv' } : failed(installed, 'The packages could not be installed');
}

function progressOf(listener: PrepareListener, definition: EnvironmentDefinition): (line: string) => void {
  return (line) => {
    listener.line(line);
    const resolved = /^Resolved (\d+) packages/.exec(line)?.[1];
    if (resolved) listener.progress(`downloading ${resolved} packages`);
    if (/^Prepared \d+ packages/.test(line)) listener.progress(`installing ${count(definition)}`);
    const collecting = /^Collecting (\S+)/.exec(line)?.[1];
    if (collecting) listener.progress(`collecting ${collecting}`);
  };
}

const count = ({ requirements }: EnvironmentDefinition): string => (requirements.length === 1 ? (requirements[0] ?? '') : `${requirements.length} packages`);

function failed({ lines }: ToolResult, what: string): Built {
  const firstError = lines.map((line) => line.trim()).find((line) => /^(error|×|ERROR:|Error:)/i.test(line));
  const cause = causeOf(lines);
  return { ok: false, message: cause === undefined ? `${what}.` : `${what}: ${cause}.`, firstError, lines: lines.slice(-20) };
}

/** The usual causes in words; the installer's own come along. */
function causeOf(lines: readonly string[]): string | undefined {
  const text = lines.join('\n');
  const missing = /(?:Because |No matching distribution found for |there is no version of |)([A-Za-z0-9._-]+)(?: was not found in the package registry| \(from versions: none\))/.exec(text)?.[1];
  if (missing) return `there is no package ${missing}. Look at its spelling`;
  const unmatched = /(?:No matching distribution found for|there is no version of|no versions? of) ([^\s,]+)/i.exec(text)?.[1];
  if (unmatched) return `no version of ${unmatched} fits this Python`;
  if (/No space left on device/i.test(text)) return 'the disk is full';
  if (/(Temporary failure in name resolution|Connection refused|dns error|Failed to fetch|Network is unreachable|error sending request)/i.test(text)) {
    return 'the package index could not be reached. Look at the network, or at the settings of pip';
  }
  return undefined;
}
