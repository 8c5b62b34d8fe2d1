import type { ComponentLookup } from '../component/component-interface.ts';
import type { GraphThumbnail } from '../http/graph-thumbnail.ts';
import type { DraftContent } from '../draft/draft-op.ts';
import { interfaceOf } from '../pipeline/step-interface.ts';
import { edgesOf } from './edges-of.ts';
import { layeredPositions } from './layered-positions.ts';

/** A pipeline as a card draws it. */
export function thumbnailOf({ document, layout }: DraftContent, components: ComponentLookup): GraphThumbnail {
  const keys = Object.keys(document.jobs);
  const isPlaced = keys.every((key) => layout.steps[key] !== undefined);
  const positions = isPlaced ? layout.steps : layeredPositions(document);
  const index = new Map(keys.map((key, at) => [key, at]));
  const steps = keys.map((key) => ({
    x: positions[key]?.x ?? 0,
    y: positions[key]?.y ?? 0,
    family: interfaceOf(key, document, components)?.['x-pipewright']?.family ?? 'other',
  }));
  const edges = new Map<string, [number, number]>();
  for (const { from, to } of edgesOf(document)) {
    const [source, target] = [index.get(from.step), index.get(to.step)];
    if (source !== undefined && target !== undefined) edges.set(`${source} ${target}`, [source, target]);
  }
  return { steps, edges: [...edges.values()] };
}
