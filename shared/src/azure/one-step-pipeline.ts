import { DataType, ScalarType } from '../component/port-type.ts';
import { formatBinding } from '../expressions/binding.ts';
import { makeStepKey } from '../pipeline/make-step-key.ts';
import type { StepKind } from './document-kind.ts';

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** A job or component of one step as a pipeline that holds it; its inputs and outputs are the pipeline's. */
export interface OneStepPipeline {
  readonly value: Fields;
  /** Where a place in the pipeline is written in the file. */
  readonly writtenAt: (path: Path) => Path;
}

/** Keys of a job that are about the run as a whole, not about its work. */
const ofTheRun = ['$schema', 'name', 'version', 'display_name', 'description', 'experiment_name', 'tags', 'settings'];

/** `name`: what to call the step where the document has no name of its own. */
export function oneStepPipeline(document: Fields, kind: StepKind, name: string): OneStepPipeline {
  const said = [document['name'], document['display_name'], name].find((text): text is string => typeof text === 'string' && text.trim() !== '');
  const key = makeStepKey(said ?? kind, {});
  const inputs = recordAt(document, 'inputs');
  const outputs = recordAt(document, 'outputs');
  const whole = pick(document, (field) => ofTheRun.includes(field) && field !== 'version');
  const work = isComponentFile(document, kind)
    ? { ...(kind === 'command' ? {} : { type: kind }), component: { ...document, type: kind } }
    : { ...pick(document, (field) => !ofTheRun.includes(field) && field !== 'inputs' && field !== 'outputs'), type: kind };
  const step = {
    ...work,
    ...(Object.keys(inputs).length === 0 ? {} : { inputs: bound(inputs, (input) => formatBinding({ source: 'pipeline-input', name: input })) }),
    ...(Object.keys(outputs).length === 0 ? {} : { outputs: bound(outputs, (output) => formatBinding({ source: 'pipeline-output', name: output })) }),
  };
  return {
    value: { ...whole, type: 'pipeline', display_name: document['display_name'] ?? said ?? key, inputs, outputs, jobs: { [key]: step } },
    writtenAt: ([first, second, third, ...rest]) => {
      if (first !== 'jobs' || second !== key) return first === undefined ? [] : [first, ...[second, third].filter((part) => part !== undefined), ...rest];
      return third === undefined ? [] : third === 'component' ? rest : [third, ...rest];
    },
  };
}

/** A component declares what it takes; a job says what it is given. A prompt flow is neither. */
export function isComponentFile(document: Fields, kind: StepKind): boolean {
  if (kind === 'flow') return false;
  const inputs = recordAt(document, 'inputs');
  return Object.values(inputs).some(isDeclaration) || (Object.keys(inputs).length === 0 && Object.hasOwn(document, 'version'));
}

/** A declaration gives a type and no data; a value of a job is a scalar, data, or nothing. */
function isDeclaration(input: unknown): boolean {
  if (!isRecord(input) || typeof input['path'] === 'string') return false;
  return ScalarType.safeParse(input['type']).success || DataType.safeParse(input['type']).success;
}

const isRecord = (value: unknown): value is Fields => value !== null && typeof value === 'object' && !Array.isArray(value);

function recordAt(document: Fields, key: string): Fields {
  const value = document[key];
  return isRecord(value) ? value : {};
}

const pick = (fields: Fields, isWanted: (key: string) => boolean): Fields => Object.fromEntries(Object.entries(fields).filter(([key]) => isWanted(key)));
const bound = (ports: Fields, binding: (name: string) => string): Fields => Object.fromEntries(Object.keys(ports).map((name) => [name, binding(name)]));
