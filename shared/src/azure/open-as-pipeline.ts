import type { Problem } from '../graph/problem.ts';
import { documentKind, isStepKind, type DocumentKind } from './document-kind.ts';
import { oneStepPipeline, type OneStepPipeline } from './one-step-pipeline.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A pipeline that another document names, and what that document says in place of the pipeline. */
export interface NamedPipeline {
  /** A file, or `azureml:NAME:VERSION` of a pipeline component. */
  readonly reference: string;
  readonly inputs: Fields;
  readonly settings: Fields;
  readonly experiment: string | undefined;
}

export type OpenedPipeline =
  | { readonly problem: Problem }
  | { readonly names: NamedPipeline; readonly problems: readonly Problem[] }
  /** The paths of the problems are those of the file. */
  | (OneStepPipeline & { readonly problems: readonly Problem[] });

/** What of a document can be opened as a pipeline; for any other kind, what can be done with it instead. */
export function openAsPipeline(document: unknown, name: string): OpenedPipeline {
  if (!isRecord(document)) return wrong('The file is not a pipeline: it holds no map of keys.');
  const kind = documentKind(document);
  if (kind === 'schedule') return openSchedule(document, name);
  if (kind === 'pipeline-deployment') return openDeployment(document);
  if (kind === 'flow') return wrong('The file is a prompt flow, which runs in Azure only.');
  if (isStepKind(kind)) return { ...oneStepPipeline(document, kind, name), problems: [] };
  if (kind !== 'pipeline') return wrong(whyNot(kind, document));
  if (!Object.hasOwn(document, 'jobs')) return wrong('The file is not a pipeline: it has no "jobs".');
  if (isWorkflow(document)) return wrong('The file is a workflow of GitHub Actions, not a pipeline.', ['jobs']);
  const { type } = document;
  const isOther = type !== undefined && type !== null && type !== 'pipeline';
  const problems: Problem[] = isOther
    ? [
        {
          severity: 'warning',
          code: 'irregular-value',
          message: `type is ${JSON.stringify(type)}; the file has jobs and is taken as a pipeline.`,
          path: ['type'],
        },
      ]
    : [];
  return { value: type === 'pipeline' ? document : { ...document, type: 'pipeline' }, writtenAt: (path) => path, problems };
}

/** The other kind of file with `jobs` that lies in the repositories of pipelines. */
function isWorkflow({ jobs, type }: Fields): boolean {
  const members = Object.values(recordOf(jobs));
  const isOfGitHub = (job: unknown): boolean => isRecord(job) && (Object.hasOwn(job, 'runs-on') || Object.hasOwn(job, 'uses'));
  return type === undefined && members.length > 0 && members.every(isOfGitHub);
}

function whyNot(kind: DocumentKind | null, { type, $schema: schema }: Fields): string {
  if (kind === 'data' || kind === 'model' || kind === 'environment') {
    return `The file describes ${kind === 'environment' ? 'an environment' : kind === 'data' ? 'data' : 'a model'}, not a pipeline: pipewright register takes it in.`;
  }
  if (kind === 'foreign')
    return `The file describes a resource of Azure (${/([A-Za-z]+)\.schema\.json$/.exec(String(schema))?.[1]}), which is nothing that runs here.`;
  if (type !== undefined) return `The file is of type ${JSON.stringify(type)}, not a pipeline.`;
  return 'The file is not a pipeline: it has no "jobs".';
}

/** The job of a schedule: in the file, or named by it. When it is due means nothing here yet. */
function openSchedule(document: Fields, name: string): OpenedPipeline {
  const note: Problem = {
    severity: 'note',
    code: 'kept-only',
    message: 'The file is a schedule: its job is opened, and the times at which it is due have no effect here.',
    path: ['trigger'],
  };
  const job = document['create_job'];
  if (typeof job === 'string') return { names: { reference: job, inputs: {}, settings: {}, experiment: undefined }, problems: [note] };
  const other = Object.hasOwn(document, 'create_monitor') ? 'monitors a model' : Object.hasOwn(document, 'import_data') ? 'imports data' : null;
  if (job === undefined && other !== null) return wrong(`The schedule ${other}, which runs in Azure only.`);
  if (!isRecord(job)) return wrong('The schedule has no job: create_job is to name one or hold it.', ['create_job']);
  const { job: reference, inputs, settings, experiment_name: experiment } = job;
  if (typeof reference === 'string') {
    const said = typeof experiment === 'string' ? experiment : undefined;
    return { names: { reference, inputs: recordOf(inputs), settings: recordOf(settings), experiment: said }, problems: [note] };
  }
  const opened = openAsPipeline(isRecord(reference) ? reference : job, name);
  const within = isRecord(reference) ? ['create_job', 'job'] : ['create_job'];
  if ('problem' in opened) return { problem: { ...opened.problem, path: [...within, ...(opened.problem.path ?? [])] } };
  if ('names' in opened) return opened;
  const inside = opened.problems.map((problem) => ({ ...problem, path: [...within, ...(problem.path ?? [])] }));
  return { ...opened, writtenAt: (path) => [...within, ...opened.writtenAt(path)], problems: [...inside, note] };
}

function openDeployment(document: Fields): OpenedPipeline {
  const { component, settings } = document;
  const note: Problem = {
    severity: 'note',
    code: 'kept-only',
    message: 'The file deploys a pipeline component: the component is opened, and the endpoint has no effect here.',
    path: ['endpoint_name'],
  };
  if (typeof component !== 'string') return wrong('The deployment names no pipeline component of its own: it cannot be opened here.', ['job_definition']);
  return { names: { reference: component, inputs: {}, settings: recordOf(settings), experiment: undefined }, problems: [note] };
}

const wrong = (message: string, path: string[] = []): OpenedPipeline => ({ problem: { severity: 'error', code: 'not-a-pipeline', message, path } });
const isRecord = (value: unknown): value is Fields => value !== null && typeof value === 'object' && !Array.isArray(value);
const recordOf = (value: unknown): Fields => (isRecord(value) ? value : {});
