import { z } from 'zod';
import { LeafComponent } from '../component/leaf-component.ts';
import { StepInput } from '../pipeline/input-value.ts';
import { CodeChanges, DeclarationChanges } from './component-code.ts';

/** What is tried: a component as a step of the draft names it, with what is changed of it, or one that was thought of here. */
const Tested = z.union([z.strictObject({ component: z.string().min(1), declares: DeclarationChanges.optional() }), z.strictObject({ made: LeafComponent })]);

/** Runs a component by itself before it is a version. */
export const TestComponent = z.strictObject({
  of: Tested,
  files: CodeChanges,
  /** Values, and data: paths as the draft has them, registered data, outputs of earlier runs. */
  inputs: z.record(z.string(), StepInput),
});
export type TestComponent = z.infer<typeof TestComponent>;
