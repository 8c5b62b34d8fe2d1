import type { DraftOp } from '../../draft/draft-op.ts';
import { Json } from '../../json.ts';
import { PipelineInput, PipelineOutput, StepInput, StepOutput } from '../../pipeline/input-value.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { stepOf } from '../../pipeline/follow-binding.ts';
import type { ProblemFix } from '../problem.ts';

type Path = readonly string[];

/** The fix that gives a key of a step, or of a map in it, the name that was meant; `path` begins in the step. */
export function renameInStep(document: Pipeline, { step, path, meant }: { readonly step: string; readonly path: Path; readonly meant: string }): ProblemFix {
  const fields: Readonly<Record<string, unknown>> = { ...stepOf(document, step) };
  const [side, name, ...rest] = path;
  if (side === 'inputs' && name !== undefined) {
    const value = StepInput.safeParse(renamed(at(fields, [side, name]), rest, meant));
    return asFix(path, meant, value.success ? [{ op: 'step.setInput', step, input: name, value: value.data }] : null);
  }
  if (side === 'outputs' && name !== undefined) {
    const value = StepOutput.safeParse(renamed(at(fields, [side, name]), rest, meant));
    return asFix(path, meant, value.success ? [{ op: 'step.setOutput', step, output: name, value: value.data }] : null);
  }
  const set = (field: string, value: Json | undefined): DraftOp => ({ op: 'step.setField', step, field, ...(value === undefined ? {} : { value }) });
  return asFix(path, meant, setField({ fields, path, meant }, set));
}

/** The same for the pipeline itself; `path` begins at its root. */
export function renameInPipeline(document: Pipeline, path: Path, meant: string): ProblemFix {
  const [side, name, ...rest] = path;
  if (side === 'inputs' && name !== undefined) {
    const value = PipelineInput.safeParse(renamed(at(document, [side, name]), rest, meant));
    return asFix(path, meant, value.success ? [{ op: 'pipeline.setInput', input: name, value: value.data }] : null);
  }
  if (side === 'outputs' && name !== undefined) {
    const value = PipelineOutput.safeParse(renamed(at(document, [side, name]), rest, meant));
    return asFix(path, meant, value.success ? [{ op: 'pipeline.setOutput', output: name, value: value.data }] : null);
  }
  if (side === 'settings' && name !== undefined) {
    const set = (field: string, value: Json | undefined): DraftOp => ({ op: 'pipeline.setSettings', field, ...(value === undefined ? {} : { value }) });
    return asFix(path, meant, setField({ fields: { ...document.settings }, path: path.slice(1), meant }, set));
  }
  const set = (field: string, value: Json | undefined): DraftOp => ({ op: 'pipeline.setMeta', field, ...(value === undefined ? {} : { value }) });
  return asFix(path, meant, setField({ fields: { ...document }, path, meant }, set));
}

function setField(
  { fields, path, meant }: { readonly fields: Readonly<Record<string, unknown>>; readonly path: Path; readonly meant: string },
  set: (field: string, value: Json | undefined) => DraftOp,
): DraftOp[] | null {
  const [field, ...rest] = path;
  if (field === undefined) return null;
  const value = Json.safeParse(rest.length === 0 ? fields[field] : renamed(fields[field], rest, meant));
  if (!value.success) return null;
  return rest.length === 0 ? [set(meant, value.data), set(field, undefined)] : [set(field, value.data)];
}

/** The same value with the key at the end of the path renamed, in its place. */
function renamed(value: unknown, path: Path, meant: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined || value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([name]) => name !== meant || rest.length > 0 || name === key);
  return Object.fromEntries(
    entries.map(([name, inner]) => (name !== key ? [name, inner] : rest.length === 0 ? [meant, inner] : [name, renamed(inner, rest, meant)])),
  );
}

const at = (value: unknown, path: Path): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  return value !== null && typeof value === 'object' ? at(Object.entries(value).find(([name]) => name === key)?.[1], rest) : undefined;
};

/** Without operations it is a word of advice: whoever reads it does it by hand. */
const asFix = (path: Path, meant: string, ops: DraftOp[] | null): ProblemFix => ({
  text: `Rename ${path.at(-1) ?? ''} to ${meant}`,
  ...(ops ? { ops } : {}),
});
