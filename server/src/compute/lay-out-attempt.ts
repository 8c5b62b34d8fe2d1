import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { renderCommand } from '@pipewright/shared/expressions/render-command.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepFailure } from '@pipewright/shared/run/step-failure.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { PreparedEnvironment } from '../environments/environment-builder.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import type { AttemptSpec } from './step-runner.ts';

/** What an attempt reads for an input. */
export type AttemptInput =
  | { readonly kind: 'literal'; readonly value: Scalar }
  | { readonly kind: 'path'; readonly path: string }
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
 * outputs there and empty, file outputs with their parent only, the command rendered, the variables set.
 */
export async function layOutAttempt(request: AttemptRequest): Promise<AttemptLayout> {
  const { folder, step, artifacts } = request;
  await folder.create();
  const workFolder = folder.file('work');
  if (step.code) await artifacts.copyTo(step.code.hash, workFolder);
  await Promise.all(['outputs', 'logs'].map(async (name) => await mkdir(join(workFolder, name), { recursive: true })));

  const outputs = Object.fromEntries(Object.keys(step.outputs).map((name) => [name, folder.outputPath(name)]));
  for (const [name, { type }] of Object.entries(step.outputs)) {
    const path = folder.outputPath(name);
    const isFile = type === 'uri_file' || isScalarType(type);
    await mkdir(isFile ? dirname(path) : path, { recursive: true });
  }
  const inputs = valuesOf(request.inputs);
  const rendered = renderCommand(step.component.command, { inputs, outputs });
  if (!rendered.ok) return { ok: false, failure: { reason: 'inputs', message: rendered.message, lastLines: [] } };
  await describe(request, { command: rendered.command, inputs, outputs });
  return { ok: true, spec: { folder: folder.path, command: rendered.command, workFolder, variables: variablesOf(request, outputs) } };
}

function valuesOf(inputs: AttemptRequest['inputs']): Record<string, Scalar> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]): [string, Scalar][] => {
      if (input.kind === 'absent') return [];
      return [[name, input.kind === 'literal' ? input.value : input.path]];
    }),
  );
}

/** Variables of the server's own process that mean nothing to a step, or would change what it does. */
const notInherited = /^(PIPEWRIGHT_|NODE_|npm_|INIT_CWD$|MLFLOW_|AZUREML?_|VIRTUAL_ENV$|PYTHONHOME$|PYTHONDONTWRITEBYTECODE$)/;

function variablesOf({ step, environment, inputs, tracking }: AttemptRequest, outputs: Readonly<Record<string, string>>): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined && !notInherited.test(name)) variables[name] = value;
  Object.assign(variables, environment.variables, step.environmentVariables);
  variables['PATH'] = `${environment.binFolder}:${variables['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'}`;
  variables['PYTHONUNBUFFERED'] = '1';
  for (const [name, input] of Object.entries(inputs)) {
    if (input.kind === 'literal') variables[`PIPEWRIGHT_INPUT_${name}`] = String(input.value);
    if (input.kind === 'path') variables[`AZURE_ML_INPUT_${name}`] = input.path;
  }
  for (const [name, path] of Object.entries(outputs)) variables[`AZURE_ML_OUTPUT_${name}`] = path;
  variables['MLFLOW_TRACKING_URI'] = tracking.uri;
  variables['MLFLOW_RUN_ID'] = tracking.runId;
  variables['MLFLOW_EXPERIMENT_NAME'] = tracking.experiment;
  return variables;
}

interface Rendered {
  readonly command: string;
  readonly inputs: Readonly<Record<string, Scalar>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What the step was given, at the head of its log and in a file, for the person who looks for an error. */
async function describe({ folder, step, environment }: AttemptRequest, { command, inputs, outputs }: Rendered): Promise<void> {
  folder.note(`environment ${environment.builder} ${environment.python}`);
  for (const [name, value] of Object.entries(inputs)) folder.note(`input  ${name} = ${String(value).replaceAll('\n', String.raw`\n`)}`);
  for (const [name, { type }] of Object.entries(step.outputs)) folder.note(`output ${name} (${type})`);
  folder.note(`$ ${command}`);
  await writeFile(folder.file('description'), `${JSON.stringify({ command, inputs, outputs, python: environment.python }, null, 2)}\n`);
}
