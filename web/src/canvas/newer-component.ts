import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import { newerVersion, newestVersions, type NewerVersion } from '@pipewright/shared/component/newer-version.ts';
import { componentReferenceOf, type Step } from '@pipewright/shared/pipeline/step.ts';

const newest = new WeakMap<ComponentLookup, ReadonlyMap<string, string>>();

/** The newest versions of all components that are known: those of the document, and those registered. */
function newestIn(components: ComponentLookup): ReadonlyMap<string, string> {
  const known = newest.get(components);
  if (known) return known;
  const found = newestVersions(Object.keys(components));
  newest.set(components, found);
  return found;
}

const newer = new WeakMap<ComponentLookup, Map<string | null, NewerVersion | null>>();

/** The newer version of the component that a step uses; null: there is none. Asked for every step of every drawing. */
export const newerComponent = (step: Step, components: ComponentLookup): NewerVersion | null => newerThan(componentReferenceOf(step), components);

/** The newer version of a component by its reference; null: there is none. */
export function newerThan(reference: string | null, components: ComponentLookup): NewerVersion | null {
  const known = newer.get(components) ?? new Map<string | null, NewerVersion | null>();
  newer.set(components, known);
  const found = known.get(reference);
  if (found !== undefined) return found;
  const version = newerVersion(reference, newestIn(components));
  known.set(reference, version);
  return version;
}
