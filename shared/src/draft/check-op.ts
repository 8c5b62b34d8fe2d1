import { spellInput, spellOutput, spellPipeline, spellPipelineInput, spellSettings, spellStep } from '../azure/spellings.ts';
import { PipelineInput, PipelineOutput, StepInput, StepOutput } from '../pipeline/input-value.ts';
import { Pipeline, PipelineSettings } from '../pipeline/pipeline.ts';
import { Step } from '../pipeline/step.ts';
import { checkField, checkValue, type Checked } from './check-field.ts';
import type { DraftOp } from './draft-op.ts';

/** Every other member of an operation may be a name, and there is one that objects read from JSON cannot hold: it would be lost at the next reading. */
const notNames: ReadonlySet<string> = new Set(['value', 'removed', 'inserted']);

/** Fields of a step that have operations of their own. */
export const mapsOfStep: ReadonlySet<string> = new Set(['inputs', 'outputs']);
/** And of a pipeline. */
export const partsOfPipeline: ReadonlySet<string> = new Set(['jobs', 'inputs', 'outputs', 'settings', 'type']);

/** An operation with what it sets as a file would have it read, whatever it is done to; or why no draft could be read back after it. */
export function checkOp(op: DraftOp): Checked<DraftOp> {
  if (Object.entries(op).some(([member, name]) => !notNames.has(member) && name === '__proto__')) return refused('__proto__ cannot be a name');
  const value = checkedValue(op);
  if (value === null || !value.ok) return value ?? { ok: true, value: op };
  // Each check is one of what its operation sets.
  return { ok: true, value: { ...op, value: value.value } as DraftOp };
}

/** Null where an operation sets nothing that could be spelled in another way. */
function checkedValue(op: DraftOp): Checked<unknown> | null {
  switch (op.op) {
    case 'step.add':
      return checkValue({ schema: Step, spell: spellStep }, op.step, op.value);
    case 'step.setInput':
      return checkValue({ schema: StepInput.optional(), spell: spellInput }, op.input, op.value);
    case 'step.setOutput':
      return checkValue({ schema: StepOutput.optional(), spell: spellOutput }, op.output, op.value);
    case 'step.setField':
      if (mapsOfStep.has(op.field)) return refused(`${op.field} of a step are set one by one`);
      return checkField({ shape: Step.shape, spell: spellStep }, op.field, op.value);
    case 'pipeline.setInput':
      return checkValue({ schema: PipelineInput.optional(), spell: spellPipelineInput }, op.input, op.value);
    case 'pipeline.setOutput':
      return checkValue({ schema: PipelineOutput.optional(), spell: spellOutput }, op.output, op.value);
    case 'pipeline.setSettings':
      return checkField({ shape: PipelineSettings.shape, spell: spellSettings }, op.field, op.value);
    case 'pipeline.setMeta':
      if (partsOfPipeline.has(op.field)) return refused(`${op.field} has operations of its own`);
      return checkField({ shape: Pipeline.shape, spell: spellPipeline }, op.field, op.value);
    default:
      return null;
  }
}

const refused = (message: string): Checked<never> => ({ ok: false, message });
