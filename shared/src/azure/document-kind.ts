import { DataType } from '../component/port-type.ts';

/** What a YAML file of Azure ML describes, as far as we know kinds apart. */
export type DocumentKind =
  | 'pipeline'
  /** A job or component that is one step. */
  | 'command'
  | 'parallel'
  | 'sweep'
  | 'spark'
  | 'automl'
  | 'data_transfer'
  | 'import'
  | 'finetuning'
  /** A prompt flow. */
  | 'flow'
  | 'data'
  | 'model'
  | 'environment'
  | 'schedule'
  /** A pipeline component behind a batch endpoint. */
  | 'pipeline-deployment'
  /** Of Azure, and nothing that a pipeline is made of: an endpoint, a compute target, a datastore … */
  | 'foreign';

/** Kinds that are one step, whether they call themselves job or component. */
const stepKinds = ['command', 'parallel', 'sweep', 'spark', 'automl', 'data_transfer', 'import', 'finetuning', 'flow'] as const;
export type StepKind = (typeof stepKinds)[number];

export const isStepKind = (kind: DocumentKind | null): kind is StepKind => stepKinds.some((each) => each === kind);

/** By the last word of `$schema`, in lower case. */
const bySchema: Readonly<Record<string, DocumentKind>> = {
  pipelinejob: 'pipeline',
  pipelinecomponent: 'pipeline',
  commandjob: 'command',
  commandcomponent: 'command',
  paralleljob: 'parallel',
  parallelcomponent: 'parallel',
  sweepjob: 'sweep',
  sparkjob: 'spark',
  sparkcomponent: 'spark',
  datatransfercomponent: 'data_transfer',
  flow: 'flow',
  run: 'flow',
  importjob: 'import',
  importcomponent: 'import',
  data: 'data',
  model: 'model',
  environment: 'environment',
  schedule: 'schedule',
  pipelinecomponentbatchdeployment: 'pipeline-deployment',
};

const models: ReadonlySet<unknown> = new Set(['mlflow_model', 'custom_model', 'triton_model']);

/** What the keys say counts before what `$schema` says, which is often copied. Null: nothing that Azure ML knows. */
export function documentKind(document: Readonly<Record<string, unknown>>): DocumentKind | null {
  const { type } = document;
  const has = (key: string): boolean => Object.hasOwn(document, key);
  if (has('create_job')) return 'schedule';
  if (has('jobs')) return 'pipeline';
  if (type === 'pipeline') return has('component') || has('job_definition') ? 'pipeline-deployment' : 'pipeline';
  const said = stepKinds.find((kind) => kind === type);
  if (said) return said;
  const bySchemaName = kindOfSchema(document['$schema']);
  if (bySchemaName && bySchemaName !== 'foreign') return bySchemaName;
  if (has('trial') && has('search_space')) return 'sweep';
  if (has('command')) return 'command';
  if (has('input_data') && has('task')) return 'parallel';
  if (models.has(type) && has('path')) return 'model';
  if (DataType.safeParse(type).success && has('path')) return 'data';
  if (has('image') || has('conda_file') || has('build') || isOurEnvironment(document)) return 'environment';
  return bySchemaName;
}

/** Our own spelling: a version of Python, packages, or both. */
function isOurEnvironment({ python, requirements }: Readonly<Record<string, unknown>>): boolean {
  return typeof python === 'string' || Array.isArray(requirements) || typeof requirements === 'string';
}

function kindOfSchema(schema: unknown): DocumentKind | null {
  const [, name, suffix] = typeof schema === 'string' ? (/([A-Za-z]+)(\.schema)?\.json$/.exec(schema) ?? []) : [];
  if (name === undefined) return null;
  const key = name.toLowerCase();
  if (key.startsWith('automl')) return 'automl';
  return Object.hasOwn(bySchema, key) ? (bySchema[key] ?? null) : suffix === undefined ? null : 'foreign';
}
