import { z } from 'zod';
import { DraftOp } from '../draft/draft-op.ts';

export const ProblemSeverity = z.enum(['error', 'warning', 'note']);
export type ProblemSeverity = z.infer<typeof ProblemSeverity>;

/** What is wrong, stable for scripts and for `data-problem`. */
export const ProblemCode = z.enum([
  // the file
  'yaml-syntax',
  'not-a-pipeline',
  'invalid-value',
  'irregular-value',
  'invalid-key',
  // the graph
  'no-steps',
  'missing-component',
  /** A step that says nothing of what it runs. */
  'missing-command',
  'unregistered-component',
  'invalid-component',
  'unsupported-step',
  'cannot-run-here',
  'nested-pipeline',
  'invalid-sweep',
  'cycle',
  /** A pipeline that is a step of itself, directly or through others. */
  'contains-itself',
  'invalid-expression',
  'unknown-step',
  'unknown-output',
  'unknown-input',
  'unknown-pipeline-input',
  'unknown-pipeline-output',
  'conflicting-output',
  'unfilled-output',
  'missing-input',
  'missing-pipeline-input',
  'type-mismatch',
  'kind-mismatch',
  'invalid-literal',
  'out-of-range',
  'not-in-enum',
  'undeclared-placeholder',
  'reserved-name',
  'kept-only',
  // the disk, found by the server
  'missing-file',
  'missing-code',
  /** Bytes that cannot be taken in: too many, or a link that leads out. */
  'unreadable-files',
  /** What is imported names something that lies outside of it. */
  'leaves-folder',
  'changed-meanwhile',
  'forbidden-address',
  'unknown-asset',
  'archived-asset',
  'resolved-version',
  'fetched-before',
  'version-taken',
  'invalid-output-path',
  'unknown-environment',
  'mapped-environment',
  'mapped-compute',
  'not-enough-resources',
  'no-earlier-result',
  /** Nothing that a bypassed step is given can stand in for what is read of it. */
  'cannot-bypass',
  /** It must read a step that is disabled, and is not run either. */
  'needs-disabled',
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** A change of the document that mends the problem, with the words for its button. */
export const ProblemFix = z.object({ text: z.string(), ops: z.array(DraftOp).optional() });
export type ProblemFix = z.infer<typeof ProblemFix>;

export const Problem = z
  .object({
    severity: ProblemSeverity,
    code: ProblemCode,
    /** One sentence: what is wrong, and what to do where that is known. */
    message: z.string(),
    step: z.string().optional(),
    /** The input, output or parameter. */
    port: z.string().optional(),
    /** Where in the document, as keys from the root: found again in the YAML by the codec. */
    path: z.array(z.union([z.string(), z.number()])).optional(),
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
    fix: ProblemFix.optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
