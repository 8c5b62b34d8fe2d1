import type { Point } from '../../../canvas/geometry.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { countsOf } from '../paper/counts-of.ts';
import { type CopiedSteps, pasteSteps, readCopiedSteps, takeSteps } from '../model/clipboard.ts';
import type { Editor } from '../store/editor-context.tsx';

export interface PasteOptions {
  /** On the paper; null: beside where it was copied. */
  readonly at: Point | null;
  /** By how much it is put aside instead. */
  readonly by?: Point;
  readonly keepsIncoming: boolean;
}

/** Steps copied from a canvas, or the YAML of steps. What is neither is answered by what could be pasted, and changes nothing. */
export async function pasteText(editor: Editor, text: string, options: PasteOptions): Promise<void> {
  const found = await readText(text);
  if ('copied' in found) insertCopied(editor, found.copied, { ...options, verb: 'Paste' });
  else refuse(found.why);
}

type Found = { readonly copied: CopiedSteps } | { readonly why: string };

const canBe = 'Steps copied from a canvas can be pasted, and the YAML of a step, of jobs or of a pipeline.';

async function readText(text: string): Promise<Found> {
  const ours = readCopiedSteps(text);
  if (ours.kind === 'steps') return { copied: ours.copied };
  if (ours.kind === 'newer') return { why: 'These steps were copied from a newer Pipewright. Paste their YAML instead.' };
  if (text.trim() === '') return { why: `There is no text on the clipboard. ${canBe}` };
  // The codec of YAML loads when it is first needed.
  const { readSteps } = await import('@pipewright/shared/yaml/read-steps.ts');
  const read = readSteps(text);
  if (read.kind === 'steps') return { copied: takeSteps(read.content, Object.keys(read.content.document.jobs), Object.keys(read.content.layout.notes)) };
  return { why: read.kind === 'wrong' ? `This YAML cannot be pasted: ${read.message}.` : `That is no step. ${canBe}` };
}

function refuse(text: string): void {
  announce(text);
  showToast({ text });
}

/** One entry of the history; answers whether there was something to insert. */
export function insertCopied({ store }: Editor, copied: CopiedSteps, { verb, ...options }: PasteOptions & { readonly verb: string }): void {
  const { content, edit, select } = store.getState();
  const { ops, keys, notes, inputs } = pasteSteps(content, { copied, ...options });
  const label = `${verb} ${countsOf({ steps: keys.length, notes: notes.length })}`;
  const edited = edit(ops, { label });
  if (!edited.ok) return refuse(`The steps could not be pasted: ${edited.message}`);
  select({ steps: keys, notes });
  announce(inputs.length === 0 ? label : `${label}, with the pipeline's ${countOf(inputs.length, 'input')} ${inputs.join(', ')}`);
}
