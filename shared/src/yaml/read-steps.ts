import { documentKind, isStepKind } from '../azure/document-kind.ts';
import { isComponentFile } from '../azure/one-step-pipeline.ts';
import type { DraftContent } from '../draft/draft-op.ts';
import { pipelineIn } from './read-pipeline.ts';
import { readYaml } from './read-yaml.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What stands in a text: steps with what they read, why they cannot be read, or nothing that has to do with steps. */
export type StepsText =
  { readonly kind: 'steps'; readonly content: DraftContent } | { readonly kind: 'wrong'; readonly message: string } | { readonly kind: 'other' };

/**
 * Reads the steps of a text that somebody has at hand: a whole pipeline, its `jobs` alone, steps by their keys, one step,
 * or the file of a component, which becomes a step of it.
 */
export function readSteps(text: string): StepsText {
  const yaml = readYaml(text);
  const [error] = yaml.errors;
  if (error) return looksLikeSteps.test(text) ? { kind: 'wrong', message: `line ${error.position.line}: ${error.message}` } : { kind: 'other' };
  const value = asPipeline(yaml.value);
  if (value === null) return { kind: 'other' };
  const { content, problems } = pipelineIn({ ...yaml, value });
  if (content && Object.keys(content.document.jobs).length > 0) return { kind: 'steps', content };
  const wrong = problems.find(({ severity }) => severity === 'error');
  return { kind: 'wrong', message: wrong ? wrong.message.replace(/\.$/, '') : 'there is no step in it' };
}

/** Of a text that is not readable: whether somebody meant steps by it. */
const looksLikeSteps = /^\s*(jobs|component|command|trial)\s*:/m;

/** Null: nothing that has steps. */
function asPipeline(value: unknown): Fields | null {
  if (!isRecord(value)) return null;
  if (Object.hasOwn(value, 'jobs') || Object.hasOwn(value, 'create_job')) return value;
  if (isStep(value)) return { type: 'pipeline', jobs: { [keyOf(value)]: stepOf(value) } };
  const members = Object.values(value);
  return members.length > 0 && members.every((member) => isRecord(member) && isStep(member)) ? { type: 'pipeline', jobs: value } : null;
}

const isStep = (value: Fields): boolean => ['component', 'command', 'trial'].some((key) => Object.hasOwn(value, key)) || isStepKind(documentKind(value));

/** A component's file has no values, a job's has: as a step the one is named by the step, the other is it. */
function stepOf(value: Fields): Fields {
  const kind = documentKind(value);
  if (isStepKind(kind) && isComponentFile(value, kind)) {
    const { $schema: _, ...component } = value;
    return { ...(kind === 'command' ? {} : { type: kind }), component: { ...component, type: kind } };
  }
  return Object.fromEntries(Object.entries(value).filter(([key]) => !ofTheRun.has(key)));
}

/** Keys of a job that are about a run of it by itself. */
const ofTheRun: ReadonlySet<string> = new Set(['$schema', 'name', 'version', 'experiment_name', 'settings']);

function keyOf(value: Fields): string {
  const { name, display_name: title, component } = value;
  const said = [name, title, typeof component === 'string' ? /([^:/@]+?)(?:\.ya?ml)?(?:[:@][^:@/]*)?$/.exec(component)?.[1] : undefined];
  const words = said.find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? 'step';
  const key = words.replaceAll(/[^A-Za-z0-9_]+/g, '_').replaceAll(/^_+|_+$/g, '');
  return /^[A-Za-z_]/.test(key) ? key.toLowerCase() : `step_${key}`;
}

const isRecord = (value: unknown): value is Fields => value !== null && typeof value === 'object' && !Array.isArray(value);
