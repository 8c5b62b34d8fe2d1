import { execFile } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished, vi } from 'vitest';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { createEnvironmentBuilder } from '../environments/create-environment-builder.ts';
import type { EnvironmentBuilder, Preparation, PreparedEnvironment } from '../environments/environment-builder.ts';
import { tempFolder } from './temp-folder.ts';

export const run = promisify(execFile);

export const needs = (...requirements: string[]): EnvironmentDefinition => ({ python: null, requirements, variables: {} });

/** A builder in a data folder; closed when the test has finished. */
export function builderIn(home: string, toolsFolder = join(home, 'tools')): EnvironmentBuilder {
  const builder = createEnvironmentBuilder({ folder: join(home, 'environments'), toolsFolder, now: () => new Date() });
  onTestFinished(async () => await builder[Symbol.asyncDispose]());
  return builder;
}

export async function prepare(
  builder: EnvironmentBuilder,
  definition: EnvironmentDefinition | null,
  signal?: AbortSignal,
): Promise<{ outcome: Preparation; lines: string[]; progress: string[] }> {
  const lines: string[] = [];
  const progress: string[] = [];
  const outcome = await builder.prepare(definition, { line: (text) => lines.push(text), progress: (detail) => progress.push(detail) }, signal);
  return { outcome, lines, progress };
}

export function environmentOf(outcome: Preparation): PreparedEnvironment {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.environment;
}

export function failureOf(outcome: Preparation) {
  if (outcome.ok) throw new Error('expected the build to fail');
  return outcome.failure;
}

/** A folder of programs, to stand alone on PATH. */
export async function programs(scripts: Readonly<Record<string, string>>): Promise<string> {
  const folder = await tempFolder();
  for (const name of ['bash', 'sh', 'env', 'sleep', 'cat']) {
    const { stdout } = await run('bash', ['-c', `command -v ${name}`]);
    await symlink(stdout.trim(), join(folder, name));
  }
  for (const [name, script] of Object.entries(scripts)) await writeFile(join(folder, name), script, { mode: 0o755 });
  return folder;
}

export function onlyPath(folder: string): void {
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}

export async function realPython(): Promise<string> {
  return (await run('python3', ['-c', 'import sys; print(sys.executable)'])).stdout.trim();
}
