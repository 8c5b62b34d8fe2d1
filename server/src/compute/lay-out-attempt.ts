import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { renderCommand } from '@pipewright/shared/expressions/render-command.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepFailure } from '@pipewright/shared/run/step-failure.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { PreparedEnvironment } from '../environments/environment-builder.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import { installsPackages, makeOwnPackages } from './own-packages.ts';
import { variablesOf } from './process-variables.ts';
import type { AttemptSpec } from './step-runner.ts';

/** What an attempt reads for an input. */
export type AttemptInput =
  | { readonly kind: 'literal'; readonly value: Scalar }
  /** `fileName`: what the step sees it as, where the path does not say so. */
  | { readonly kind: 'path'; readonly path: string; readonly fileName?: string | undefined }
  | { readonly kind: 'absent' };

export interface AttemptRequest {
  readonly folder: AttemptFolder;
  readonly step: ResolvedStep;
  readonly inputs: Readonly<Record<string, AttemptInput>>;
  readonly environment: PreparedEnvironment;
  readonly artifacts: ArtifactStore;
  readonly tracking: { readonly uri: string; readonly runId: string; readonly experiment: string };
}

export type AttemptLayout = { readonly ok: true; readonly spec: AttemptSpec } | { readonly ok: false; readonly failure: StepFailure };

/**
 * Puts everything in place that a step may rely on: a fresh copy of its code with `outputs/` and `logs/` in it, folder
 * outputs there and empty, file outputs with their parent only, the command rendered, the variables set. Repeated for an
 * attempt that was laid out but never started, it begins anew. Small files and folders of our own are made at once: it
 * takes less than handing each to the thread pool and being woken again.
 */
export async function layOutAttempt(request: AttemptRequest): Promise<AttemptLayout> {
  const { folder, step, artifacts, environment, tracking } = request;
  const isFresh = folder.create();
  if (!isFresh) await Promise.all(['work', 'outputs', 'inputs'].map(async (name) => await rm(join(folder.path, name), { recursive: true, force: true })));
  const workFolder = folder.file('work');
  if (step.code) await artifacts.copyTo(step.code.hash, workFolder);
  for (const name of ['outputs', 'logs']) mkdirSync(join(workFolder, name), { recursive: true });

  const outputs = Object.fromEntries(Object.keys(step.outputs).map((name) => [name, folder.outputPath(name)]));
  for (const [name, { type }] of Object.entries(step.outputs)) {
    const path = folder.outputPath(name);
    const isFile = type === 'uri_file' || isScalarType(type);
    mkdirSync(isFile ? dirname(path) : path, { recursive: true });
  }
  const handedOut = await handOutInputs(folder, request.inputs);
  const inputs = textsOf(handedOut);
  const rendered = renderCommand(step.component.command, { inputs, outputs });
  if (!rendered.ok) return { ok: false, failure: { reason: 'inputs', message: rendered.message, lastLines: [] } };
  const own = installsPackages(rendered.command) ? await makeOwnPackages(folder.file('packages'), environment.binFolder) : null;
  describe(request, { command: rendered.command, inputs, outputs, isFresh, notes: own ? [noteOf(own)] : [] });
  const binFolders = own && 'binFolder' in own ? [own.binFolder, environment.binFolder] : [environment.binFolder];
  const variables = variablesOf({ environment, binFolders, step, inputs: handedOut, outputs, tracking, workFolder });
  return { ok: true, spec: { folder: folder.path, command: rendered.command, workFolder, variables, timeoutMs: step.control?.timeoutMs ?? null } };
}

const noteOf = (own: Awaited<ReturnType<typeof makeOwnPackages>>): string =>
  'problem' in own
    ? `packages that the command installs go into the environment itself, since none could be made over it: ${own.problem}`
    : 'packages that the command installs are for this attempt alone';

/** What bash would break into words, or take for more than text, where a path stands in a command without quotes. */
const unsafe = /[\s"'\\$`&|;<>()*?[\]{}!#]/g;

/**
 * Paths stand in commands as raw text, so one that bash would not read as one word goes by a link; so does a file that lies
 * under another name than its own, as a step may go by the ending.
 */
async function handOutInputs(folder: AttemptFolder, inputs: AttemptRequest['inputs']): Promise<AttemptRequest['inputs']> {
  const handedOut: Record<string, AttemptInput> = {};
  for (const [name, input] of Object.entries(inputs)) {
    handedOut[name] = input.kind === 'path' ? { kind: 'path', path: await handOut(join(folder.file('inputs'), name), input) } : input;
  }
  return handedOut;
}

async function handOut(folder: string, { path, fileName = basename(path) }: Extract<AttemptInput, { kind: 'path' }>): Promise<string> {
  if (path.search(unsafe) < 0 && fileName === basename(path)) return path;
  await mkdir(folder, { recursive: true });
  const target = join(folder, fileName.replaceAll(unsafe, '_'));
  await symlink(path, target);
  return target;
}

function textsOf(inputs: AttemptRequest['inputs']): Record<string, Scalar> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]): [string, Scalar][] => {
      if (input.kind === 'absent') return [];
      return [[name, input.kind === 'literal' ? input.value : input.path]];
    }),
  );
}

interface Rendered {
  readonly command: string;
  readonly inputs: Readonly<Record<string, Scalar>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly isFresh: boolean;
  readonly notes: readonly string[];
}

/** What the step was given, at the head of its log and in a file, for the person who looks for an error. */
function describe({ folder, step, environment }: AttemptRequest, { command, inputs, outputs, isFresh, notes }: Rendered): void {
  const description = { command, inputs, outputs, python: environment.python, environment: environment.hash, code: step.code?.hash ?? null };
  // Laid out before and never started: the log says it already.
  const isSaid = !isFresh && existsSync(folder.file('description'));
  writeFileSync(folder.file('description'), `${JSON.stringify(description, null, 2)}\n`);
  if (isSaid) return;
  const lines = [
    `environment ${environment.builder} ${environment.python}`,
    ...Object.entries(inputs).map(([name, value]) => `input  ${name} = ${String(value).replaceAll('\n', String.raw`\n`)}`),
    ...Object.entries(step.outputs).map(([name, { type }]) => `output ${name} (${type})`),
    ...notes,
    `$ ${command}`,
  ];
  folder.note(lines.join('\n'));
}
