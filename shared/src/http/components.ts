import { z } from 'zod';
import { Component } from '../component/component.ts';
import { Instant } from '../ids.ts';

/** A version of a registered component. */
export const RegisteredComponent = z.object({
  name: z.string(),
  version: z.string(),
  /** What a document writes to use it: `azureml:NAME:VERSION`. */
  reference: z.string(),
  source: z.enum(['built-in', 'registered']),
  component: Component,
  registeredAt: Instant,
});
export type RegisteredComponent = z.infer<typeof RegisteredComponent>;
