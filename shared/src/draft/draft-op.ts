import { z } from 'zod';
import { Json } from '../json.ts';
import { Group, Layout, Note, Position } from '../pipeline/layout.ts';
import { PipelineInput, PipelineOutput, StepInput, StepOutput } from '../pipeline/input-value.ts';
import { JobKey, Pipeline } from '../pipeline/pipeline.ts';
import { Step } from '../pipeline/step.ts';

/** In characters: as much as is read of a file. */
export const longestText = 8 * 1024 * 1024;
const DraftText = z.string().max(longestText);

/**
 * What may be done to a draft. Operations are addressed by step key and name, so that they still mean the same after
 * somebody else's edit; `undefined` (left out) removes. Edges are bindings: connecting sets an input, disconnecting
 * removes it. Every operation has an inverse (`apply-draft-ops.ts`), which serves undo, autosave and live follow.
 */
export const DraftOp = z
  .discriminatedUnion('op', [
    /** `before`: the step it stands before in the document; at the end without one. */
    z.object({ op: z.literal('step.add'), step: JobKey, value: Step, position: Position.optional(), before: z.string().optional() }),
    z.object({ op: z.literal('step.remove'), step: z.string() }),
    /** Bindings to the step follow its new key. */
    z.object({ op: z.literal('step.rename'), step: z.string(), to: JobKey }),
    z.object({ op: z.literal('step.setInput'), step: z.string(), input: z.string(), value: StepInput.optional() }),
    z.object({ op: z.literal('step.setOutput'), step: z.string(), output: z.string(), value: StepOutput.optional() }),
    /** Any other key of a step: `display_name`, `environment`, `compute`, … */
    z.object({ op: z.literal('step.setField'), step: z.string(), field: z.string(), value: Json.optional() }),
    /** Another version of the component; bindings stay, those whose port is gone are shown broken. */
    z.object({ op: z.literal('component.upgrade'), step: z.string(), component: z.string() }),
    z.object({ op: z.literal('pipeline.setInput'), input: z.string(), value: PipelineInput.optional() }),
    z.object({ op: z.literal('pipeline.setOutput'), output: z.string(), value: PipelineOutput.optional() }),
    /** In front of another input, or output, of the pipeline; at the end without one. */
    z.object({ op: z.literal('pipeline.movePort'), side: z.enum(['inputs', 'outputs']), name: z.string(), before: z.string().optional() }),
    z.object({ op: z.literal('pipeline.setSettings'), field: z.string(), value: Json.optional() }),
    z.object({ op: z.literal('pipeline.setMeta'), field: z.string(), value: Json.optional() }),
    z.object({ op: z.literal('layout.move'), step: z.string(), to: Position.optional() }),
    z.object({ op: z.literal('note.set'), note: z.string(), value: Note.optional() }),
    z.object({ op: z.literal('group.set'), group: z.string(), value: Group.optional() }),
    /** The whole text that the document was last written in. */
    z.object({ op: z.literal('text.set'), value: DraftText.optional() }),
    /** Other words in a piece of that text: at `at`, or where `removed` stands nearest to it by now. */
    z.object({ op: z.literal('text.splice'), at: z.int().min(0), removed: DraftText, inserted: DraftText }),
  ])
  .meta({ id: 'DraftOp' });
export type DraftOp = z.infer<typeof DraftOp>;

/**
 * What a draft holds: the pipeline and, beside it, where things stand and the text that it was last written in. The text
 * says nothing by itself: its comments, order and spelling are used whenever the document is written (`writePipeline`), and
 * what it says otherwise than the document does not count. Left out for a pipeline that was never a text.
 */
export const DraftContent = z.object({ document: Pipeline, layout: Layout, text: DraftText.optional() });
export type DraftContent = z.infer<typeof DraftContent>;

/** Of something that holds more than that. */
export const contentOf = ({ document, layout, text }: DraftContent): DraftContent => ({ document, layout, ...(text === undefined ? {} : { text }) });
