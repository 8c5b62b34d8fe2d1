import { z } from 'zod';
import { Step } from '../pipeline/step.ts';
import { componentHeader } from './component-interface.ts';
import { LeafComponent } from './leaf-component.ts';

/** A graph with a typed interface: a step of it is a pipeline inside a pipeline. */
export const PipelineComponent = z
  .looseObject({
    ...componentHeader,
    type: z.literal('pipeline'),
    jobs: z.preprocess((jobs) => jobs ?? {}, z.record(z.string(), Step)),
  })
  .meta({ id: 'PipelineComponent' });
export type PipelineComponent = z.infer<typeof PipelineComponent>;

/** A registered, versioned unit of work, of any kind. */
export const Component = z.discriminatedUnion('type', [...LeafComponent.options, PipelineComponent]);
export type Component = z.infer<typeof Component>;
