import { z } from 'zod';
import { Asset } from '../asset/asset.ts';
import { Component } from '../component/component.ts';
import { DraftId } from '../ids.ts';
import { CodeChanges } from './component-code.ts';

/** A version of a registered component. */
export const RegisteredComponent = Asset.extend({
  /** What a document writes to use it: `azureml:NAME:VERSION`. */
  reference: z.string(),
  component: Component,
});
export type RegisteredComponent = z.infer<typeof RegisteredComponent>;

/** A component that was made in the designer. A version that is not said is the next one. */
export const RegisterComponent = z.strictObject({
  component: Component,
  /** The draft that it was made in: paths in it are read as they are there. */
  draft: DraftId.optional(),
  /** Its code, where it is written here: no path in it leads anywhere else then. */
  files: CodeChanges.optional(),
});
export type RegisterComponent = z.infer<typeof RegisterComponent>;
