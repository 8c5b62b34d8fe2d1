import { join } from 'node:path';
import type { Scalar } from '@pipewright/shared/json.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { PreparedEnvironment } from '../environments/environment-builder.ts';
import type { AttemptRequest } from './lay-out-attempt.ts';

/** Python that steps find beside their own: MLTable, parallel steps, and stand-ins for packages of Azure's. */
const stepLibrary = join(import.meta.dirname, '..', '..', 'python');

export interface ProcessSetting {
  readonly environment: PreparedEnvironment;
  readonly step: Pick<ResolvedStep, 'environmentVariables'>;
  readonly inputs: AttemptRequest['inputs'];
  readonly outputs: Readonly<Record<string, string>>;
  readonly tracking: AttemptRequest['tracking'];
}

/**
 * Variables of the server's own process that mean nothing to a step, or would change what it does: ours, Node's and
 * npm's, what another virtual environment or MLflow server set, and the one that keeps Python from keeping bytecode.
 */
const notInherited = /^(PIPEWRIGHT_|NODE_|npm_|INIT_CWD$|MLFLOW_|AZUREML?_|VIRTUAL_ENV$|PYTHONHOME$|PYTHONDONTWRITEBYTECODE$)/;

/** The whole environment of a step's process. */
export function variablesOf({ environment, step, inputs, outputs, tracking }: ProcessSetting): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined && !notInherited.test(name)) variables[name] = value;
  variables['PYTHONUNBUFFERED'] = '1';
  Object.assign(variables, environment.variables, step.environmentVariables);
  variables['PATH'] = `${environment.binFolder}:${variables['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'}`;
  // Last, so that whatever the step brings itself comes first.
  variables['PYTHONPATH'] = [variables['PYTHONPATH'], stepLibrary].filter((path) => path !== undefined && path !== '').join(':');
  for (const [name, input] of Object.entries(inputs)) {
    if (input.kind === 'literal') {
      variables[`PIPEWRIGHT_INPUT_${name}`] = textOf(input.value);
      variables[`AZUREML_PARAMETER_${name}`] = textOf(input.value);
    }
    if (input.kind === 'path') variables[`AZURE_ML_INPUT_${name}`] = input.path;
  }
  for (const [name, path] of Object.entries(outputs)) variables[`AZURE_ML_OUTPUT_${name}`] = path;
  return {
    ...variables,
    ...azureVariables(tracking),
    MLFLOW_TRACKING_URI: tracking.uri,
    MLFLOW_RUN_ID: tracking.runId,
    MLFLOW_EXPERIMENT_NAME: tracking.experiment,
    // Sent along with every request: by it we know which step's client is calling.
    MLFLOW_TRACKING_TOKEN: tracking.runId,
    // There is no page of MLflow's to look at.
    MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: 'true',
  };
}

/** What scripts written for Azure ask for: the local equivalents. */
function azureVariables({ runId, experiment }: AttemptRequest['tracking']): Record<string, string> {
  return {
    AZUREML_RUN_ID: runId,
    AZUREML_ROOT_RUN_ID: runId,
    AZUREML_EXPERIMENT_NAME: experiment,
    AZUREML_EXPERIMENT_SCOPE: `/experiments/${experiment}`,
    AZUREML_ARM_WORKSPACE_NAME: 'local',
    AZUREML_ARM_PROJECT_NAME: 'local',
    AZUREML_ARM_SUBSCRIPTION: 'local',
    AZUREML_ARM_RESOURCEGROUP: 'local',
    AZUREML_WORKSPACE_ID: 'local',
  };
}

/** As it stands in the command. */
const textOf = (value: Scalar): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
