import type { Component } from '@pipewright/shared/component/component.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { ComponentRegistry, FoundComponent } from '../registry/component-registry.ts';

export interface FoundComponents {
  /** By the reference's text, as a document writes it. */
  readonly lookup: Record<string, Component>;
  readonly sources: ReadonlyMap<string, FoundComponent>;
  /** Of components that are there but cannot be read; an unknown one is the validator's to report. */
  readonly problems: readonly Problem[];
}

/** Looks up every component that a document names, each once. */
export async function findComponents(registry: ComponentRegistry, document: Pipeline, folder: string | null): Promise<FoundComponents> {
  const lookup: Record<string, Component> = {};
  const sources = new Map<string, FoundComponent>();
  const problems: Problem[] = [];
  const asked = new Map<string, string>();
  for (const [key, { component }] of Object.entries(document.jobs)) if (typeof component === 'string' && !asked.has(component)) asked.set(component, key);
  for (const [reference, step] of asked) {
    const found = await registry.find(reference, folder);
    if (found === undefined) continue;
    if ('severity' in found) problems.push({ ...found, step, path: ['jobs', step, 'component'] });
    else {
      lookup[reference] = found.component;
      sources.set(reference, found);
    }
  }
  return { lookup, sources, problems };
}
