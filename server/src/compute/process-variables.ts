import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { PreparedEnvironment } from '../environments/environment-builder.ts';
import type { AttemptRequest } from './lay-out-attempt.ts';

/** Python that steps find beside their own: MLTable, parallel steps, and stand-ins for packages of Azure's. */
const stepLibrary = join(import.meta.dirname, '..', '..', 'python');

export interface ProcessSetting {
  readonly environment: PreparedEnvironment;
  /** First on its PATH. */
  readonly binFolders: readonly string[];
  readonly step: Pick<ResolvedStep, 'environmentVariables' | 'component'>;
  readonly inputs: AttemptRequest['inputs'];
  readonly outputs: Readonly<Record<string, string>>;
  readonly tracking: AttemptRequest['tracking'];
  readonly workFolder: string;
}

/**
 * Variables of the server's own process that mean nothing to a step, or would change what it does: ours, Node's and
 * npm's, what another virtual environment or MLflow server set, and the one that keeps Python from keeping bytecode.
 */
const notInherited = /^(PIPEWRIGHT_|NODE_|npm_|INIT_CWD$|MLFLOW_|AZUREML?_|VIRTUAL_ENV$|PYTHONHOME$|PYTHONDONTWRITEBYTECODE$)/;

/** The whole environment of a step's process. */
export function variablesOf({ environment, binFolders, step, inputs, outputs, tracking, workFolder }: ProcessSetting): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined && !notInherited.test(name)) variables[name] = value;
  variables['PYTHONUNBUFFERED'] = '1';
  Object.assign(variables, environment.variables, step.environmentVariables);
  // Processes that look for each other do so at a port, and no two steps may meet at one.
  if (variables['MASTER_ADDR'] !== undefined) variables['MASTER_PORT'] ??= String(portOf(tracking.runId));
  variables['PATH'] = [...binFolders, variables['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(':');
  // Last, so that whatever the step brings itself comes first.
  variables['PYTHONPATH'] = [variables['PYTHONPATH'], stepLibrary].filter((path) => path !== undefined && path !== '').join(':');
  for (const [name, input] of Object.entries(inputs)) {
    if (input.kind === 'literal') {
      variables[`PIPEWRIGHT_INPUT_${name}`] = textOf(input.value);
      variables[`AZUREML_PARAMETER_${name}`] = textOf(input.value);
    }
    if (input.kind === 'path') Object.assign(variables, placeOf('INPUT', name, input.path));
  }
  for (const [name, path] of Object.entries(outputs)) Object.assign(variables, placeOf('OUTPUT', name, path));
  return {
    ...variables,
    ...azureVariables(tracking, workFolder),
    ...modelFolder(step, inputs),
    PIPEWRIGHT_TRACKING_URI: tracking.uri,
    MLFLOW_TRACKING_URI: tracking.uri,
    MLFLOW_RUN_ID: tracking.runId,
    MLFLOW_EXPERIMENT_NAME: tracking.experiment,
    // Sent along with every request: by it we know which step's client is calling.
    MLFLOW_TRACKING_TOKEN: tracking.runId,
    // There is no page of MLflow's to look at.
    MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: 'true',
  };
}

/** As Azure names the place of an input or output now, and as it named it before. */
const placeOf = (what: 'INPUT' | 'OUTPUT', name: string, path: string): Record<string, string> => ({
  [`AZURE_ML_${what}_${name}`]: path,
  [`AZUREML_DATAREFERENCE_${name}`]: path,
});

/** What scripts written for Azure ask for: the local equivalents. One process on this machine is all there is. */
function azureVariables({ runId, experiment }: AttemptRequest['tracking'], workFolder: string): Record<string, string> {
  return {
    AZUREML_RUN_ID: runId,
    AZUREML_ROOT_RUN_ID: runId,
    AZUREML_EXPERIMENT_NAME: experiment,
    AZUREML_EXPERIMENT_SCOPE: `/experiments/${experiment}`,
    AZUREML_ARM_WORKSPACE_NAME: 'local',
    AZUREML_ARM_PROJECT_NAME: experiment,
    AZUREML_ARM_SUBSCRIPTION: 'local',
    AZUREML_ARM_RESOURCEGROUP: 'local',
    AZUREML_WORKSPACE_ID: 'local',
    AZUREML_WORKSPACE_SCOPE: '/subscriptions/local/resourceGroups/local/providers/Microsoft.MachineLearningServices/workspaces/local',
    AZUREML_CR_EXECUTION_WORKING_DIR_PATH: workFolder,
    AZUREML_CR_NODE_COUNT: '1',
    AZUREML_NODE_COUNT: '1',
  };
}

const modelTypes: ReadonlySet<PortType> = new Set<PortType>(['mlflow_model', 'custom_model', 'triton_model']);

/** Of scoring scripts: the folder of the model, where exactly one input is a model. */
function modelFolder({ component }: ProcessSetting['step'], inputs: ProcessSetting['inputs']): Record<string, string> {
  const models = Object.entries(inputs).flatMap(([name, input]) => {
    const declared = component.inputs[name]?.type;
    return input.kind === 'path' && declared !== undefined && modelTypes.has(declared) ? [input.path] : [];
  });
  const [only, ...more] = models;
  if (only === undefined || more.length > 0) return {};
  return { AZUREML_MODEL_DIR: statSync(only, { throwIfNoEntry: false })?.isFile() ? dirname(only) : only };
}

/** As it stands in the command. */
const textOf = (value: Scalar): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));

/** The same for the same text, and among so many that two steps at once will hardly ever have one. */
function portOf(text: string): number {
  const hash = Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 7);
  return 20_000 + (hash % 12_000);
}
