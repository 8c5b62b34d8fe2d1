import type { Component } from '@pipewright/shared/component/component.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { componentReferenceOf } from '@pipewright/shared/pipeline/step.ts';
import type { ComponentRegistry, FoundComponent } from '../registry/component-registry.ts';

export interface FoundComponents {
  /** By the reference's text, as a document writes it. */
  readonly lookup: Record<string, Component>;
  readonly sources: ReadonlyMap<string, FoundComponent>;
  /** Of components that are there but cannot be read, and what was taken for what; an unknown one is the validator's to report. */
  readonly problems: readonly Problem[];
}

/** Looks up every component that a document names, each once. */
export async function findComponents(registry: ComponentRegistry, document: Pipeline, folder: string | null): Promise<FoundComponents> {
  const lookup: Record<string, Component> = {};
  const sources = new Map<string, FoundComponent>();
  const problems: Problem[] = [];
  for (const [reference, step] of referencesIn(document)) {
    const found = await registry.find(reference, folder);
    if (found === undefined) continue;
    if ('severity' in found) problems.push({ ...found, step, path: ['jobs', step, document.jobs[step]?.component === undefined ? 'trial' : 'component'] });
    else {
      lookup[reference] = found.component;
      sources.set(reference, found);
      problems.push(...found.problems.map((problem) => (problem.file === undefined ? { step, path: ['jobs', step, 'component'], ...problem } : problem)));
    }
  }
  return { lookup, sources, problems };
}

/** Each reference with the first step that uses it. */
function referencesIn({ jobs }: Pipeline): Map<string, string> {
  const references = new Map<string, string>();
  for (const [key, step] of Object.entries(jobs)) {
    const reference = componentReferenceOf(step);
    if (reference !== null && !references.has(reference)) references.set(reference, key);
  }
  return references;
}
