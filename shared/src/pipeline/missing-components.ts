import type { ComponentLookup } from '../component/component-interface.ts';
import type { Pipeline } from './pipeline.ts';
import { componentReferenceOf } from './step.ts';

export interface MissingComponent {
  /** As the steps name it. */
  readonly component: string;
  readonly steps: readonly string[];
}

/** Components that steps name and the lookup does not have, each with the steps that want it, in the order of the document. */
export function missingComponents({ jobs }: Pick<Pipeline, 'jobs'>, components: ComponentLookup): MissingComponent[] {
  const missing = new Map<string, string[]>();
  for (const [key, step] of Object.entries(jobs)) {
    const reference = componentReferenceOf(step);
    if (reference === null || Object.hasOwn(components, reference)) continue;
    missing.set(reference, [...(missing.get(reference) ?? []), key]);
  }
  return [...missing].map(([component, steps]) => ({ component, steps }));
}
