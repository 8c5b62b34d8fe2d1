import { Pipeline, PipelineSettings } from '../../pipeline/pipeline.ts';
import { pipelineInputValue } from '../../pipeline/pipeline-input-value.ts';
import { pipelineInputsRead } from '../../pipeline/pipeline-inputs-read.ts';
import { findCycle } from '../find-cycle.ts';
import type { Problem } from '../problem.ts';
import { checkDeclaredValue } from './check-declared-value.ts';
import { slipsInPorts } from './check-inner-keys.ts';
import { nearlyKnown } from './nearly-known.ts';
import { renameInPipeline } from './rename-key.ts';
import { hintText, type PipelineScope } from './step-scope.ts';
import { whyNotAName } from './why-not-a-name.ts';

/** Keys without effect on this machine: kept, written back, and said. */
const keptOnly = ['identity', 'services', 'schedule', 'properties'];

/** What is wrong with the pipeline as a whole, rule by rule. */
export function* checkPipelineLevel(scope: PipelineScope): Generator<readonly Problem[]> {
  for (const check of [checkSteps, checkCycle, checkRoles, checkPipelineInputs, checkDefaults, checkNames, checkKeys, noteKeptKeys]) yield check(scope);
}

function checkSteps({ document }: PipelineScope): Problem[] {
  if (Object.keys(document.jobs).length > 0) return [];
  return [{ severity: 'error', code: 'no-steps', message: 'The pipeline has no steps yet. Add one from the palette.', path: ['jobs'] }];
}

function checkCycle({ document }: PipelineScope): Problem[] {
  const cycle = findCycle(document);
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return [];
  const names = [...cycle, first].map((key) => document.jobs[key]?.display_name ?? key);
  const message = `These steps wait for each other in a circle: ${names.join(' → ')}. Remove one of the connections.`;
  return [{ severity: 'error', code: 'cycle', message, step: first, path: ['jobs', first] }];
}

const roles = { on_init: 'first', on_finalize: 'last' } as const;

/** The steps that are to run before and after all others. */
function checkRoles(scope: PipelineScope): Problem[] {
  const { document } = scope;
  return (['on_init', 'on_finalize'] as const).flatMap((role): Problem[] => {
    const key = document.settings[role];
    if (key === undefined) return [];
    const path = ['settings', role];
    if (role === 'on_finalize' && scope.interfaceOf(key)?.type === 'pipeline') {
      const message = `${key} is to run last and is a pipeline: the last step is a single one.`;
      const fix = { text: 'No last step', ops: [{ op: 'pipeline.setSettings' as const, field: role }] };
      return [{ severity: 'error', code: 'nested-pipeline', message, step: key, path, fix }];
    }
    if (Object.hasOwn(document.jobs, key)) return [];
    const meant = scope.suggest(key, document.jobs);
    const message = `${key} is to run ${roles[role]}, but there is no such step.${hintText(meant)}`;
    const fix = {
      text: meant === undefined ? `No ${roles[role]} step` : `Run ${meant} ${roles[role]}`,
      ops: [{ op: 'pipeline.setSettings' as const, field: role, ...(meant === undefined ? {} : { value: meant }) }],
    };
    return [{ severity: 'error', code: 'unknown-step', message, path, fix }];
  });
}

/** A pipeline input without a value that a step reads has to be given when it is run. */
function checkPipelineInputs({ document }: PipelineScope): Problem[] {
  const used = new Set(Object.values(document.jobs).flatMap((step) => [...pipelineInputsRead(step)]));
  return Object.entries(document.inputs).flatMap(([name, input]): Problem[] => {
    const { value, isOptional } = pipelineInputValue(input);
    if (value !== null || isOptional || !used.has(name)) return [];
    const message = `The pipeline input ${name} has no value. Give it one here, or with --set ${name}=…`;
    return [{ severity: 'error', code: 'missing-pipeline-input', message, port: name, path: ['inputs', name] }];
  });
}

const checkDefaults = ({ document }: PipelineScope): Problem[] =>
  Object.entries(document.inputs).flatMap(([name, declared]) =>
    checkDeclaredValue(name, {
      declared,
      value: typeof declared === 'object' && declared !== null && 'default' in declared ? declared.default : undefined,
    }).map(({ better, ...problem }): Problem => {
      const isKnown = better !== undefined && typeof declared === 'object' && declared !== null;
      return isKnown
        ? { ...problem, fix: { text: `Use ${better}`, ops: [{ op: 'pipeline.setInput', input: name, value: { ...declared, default: better } }] } }
        : problem;
    }),
  );

function checkNames({ document }: PipelineScope): Problem[] {
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.keys(document[side]).flatMap((name): Problem[] => {
      const wrong = whyNotAName(name, side);
      return wrong ? [{ severity: 'error', ...wrong, port: name, path: [side, name] }] : [];
    }),
  );
}

const known = [...Object.keys(Pipeline.shape), '$schema', ...keptOnly, 'is_deterministic', 'x-pipewright'];

function checkKeys({ document }: PipelineScope): Problem[] {
  const wrong = (meant: string, path: readonly string[]): Problem => ({
    severity: 'warning',
    code: 'irregular-value',
    message: `${path.join('.')} is not known and has no effect.${hintText(meant)}`,
    path: [...path],
    fix: renameInPipeline(document, path, meant),
  });
  const settings = [...Object.keys(PipelineSettings.shape), '_source'];
  return [
    ...nearlyKnown(document, known).map(([name, meant]) => wrong(meant, [name])),
    ...nearlyKnown(document.settings, settings).map(([name, meant]) => wrong(meant, ['settings', name])),
    ...slipsInPorts(document).map(({ path, meant }) => wrong(meant, path)),
  ];
}

function noteKeptKeys({ document }: PipelineScope): Problem[] {
  const note = (name: string, path: string[]): Problem => ({
    severity: 'note',
    code: 'kept-only',
    message: `${name} of the pipeline is kept in the file and has no effect on this machine.`,
    path,
  });
  return keptOnly.filter((name) => document[name] !== undefined).map((name) => note(name, [name]));
}
