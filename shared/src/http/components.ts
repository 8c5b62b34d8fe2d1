import { z } from 'zod';
import { Asset } from '../asset/asset.ts';
import { Component } from '../component/component.ts';

/** A version of a registered component. */
export const RegisteredComponent = Asset.extend({
  /** What a document writes to use it: `azureml:NAME:VERSION`. */
  reference: z.string(),
  component: Component,
});
export type RegisteredComponent = z.infer<typeof RegisteredComponent>;
