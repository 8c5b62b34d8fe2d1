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

/** The newer version of the component that a step uses; null: there is none. */
export const newerComponent = (step: Step, components: ComponentLookup): NewerVersion | null => newerVersion(componentReferenceOf(step), newestIn(components));
