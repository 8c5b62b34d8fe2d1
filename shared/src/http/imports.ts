import { z } from 'zod';
import { Problem } from '../graph/problem.ts';
import { DraftId } from '../ids.ts';

/** A file, folder, component or data that an imported pipeline names and that is not there. */
export const MissingPart = z.object({
  kind: z.enum(['component', 'code', 'include', 'environment', 'conda', 'build', 'data']),
  /** As it is written. */
  path: z.string(),
  step: z.string().optional(),
  file: z.string(),
  line: z.int(),
  column: z.int(),
});
export type MissingPart = z.infer<typeof MissingPart>;

export const ImportedDraft = z.object({
  id: DraftId,
  name: z.string(),
  /** The pipeline's file: within what was imported, or a path on the server's machine. */
  file: z.string(),
  problems: z.array(Problem),
  missing: z.array(MissingPart),
  /** Whether files can be added to what it was imported with. */
  canAddFiles: z.boolean(),
});
export type ImportedDraft = z.infer<typeof ImportedDraft>;

/** One for each pipeline that was found. */
export const Imported = z.object({ items: z.array(ImportedDraft) });
export type Imported = z.infer<typeof Imported>;

/** `files`: paths on the server's machine, of YAML files, folders or archives. `text`: a pipeline as it would stand in a file. */
export const ImportFiles = z.union([
  z.strictObject({ files: z.array(z.string().min(1)).min(1).max(100), name: z.string().min(1).max(200).optional() }),
  z.strictObject({ text: z.string().min(1), fileName: z.string().min(1).max(200).optional(), name: z.string().min(1).max(200).optional() }),
]);
export type ImportFiles = z.infer<typeof ImportFiles>;

export const ImportQuery = z.strictObject({ name: z.string().min(1).max(200).optional() });
