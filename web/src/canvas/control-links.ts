import { controlStepLinks } from '@pipewright/shared/azure/control-steps.ts';
import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import { controlSourcesOfStep } from '@pipewright/shared/pipeline/control-references.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { dependenciesOf } from '@pipewright/shared/pipeline/step-control.ts';

/** A step that waits for another without reading its data, that a branch chooses, or that a loop repeats. */
export interface ControlLink {
  readonly from: string;
  readonly to: string;
  /** `mourn runs after flaky`, for those who point at it. */
  readonly text: string;
  /** What stands beside the line; empty where the line says enough. */
  readonly label: string;
  /** The one above is what the loop below repeats, and no step of its own: it waits for what that one waits for. */
  readonly isBody: boolean;
}

interface LinkScope {
  readonly edges: readonly Edge[];
  /** Before the keys of a pipeline that lies inside another. */
  readonly prefix: string;
  readonly titleOf: (key: string) => string;
}

type Jobs = Pipeline['jobs'];

/** Each pair of steps once: what a branch or a loop says of it counts more than its order. */
export function controlLinks(jobs: Jobs, scope: LinkScope): ControlLink[] {
  const links = new Map<string, ControlLink>();
  for (const link of [...orderLinks(jobs, scope), ...blockLinks(jobs, scope)]) links.set(`${link.from} ${link.to}`, link);
  return [...links.values()];
}

/** Where data flows between two steps as well, its edge says enough. */
function orderLinks(jobs: Jobs, { edges, prefix, titleOf }: LinkScope): ControlLink[] {
  const withData = new Set(edges.map(({ from, to }) => `${from.step} ${to.step}`));
  return Object.entries(jobs).flatMap(([to, step]) =>
    controlSourcesOfStep(step)
      .filter((from) => Object.hasOwn(jobs, from) && !withData.has(`${from} ${to}`))
      .map((from): ControlLink => {
        const isOrder = dependenciesOf(step).includes(from);
        const text = isOrder ? `${titleOf(to)} runs after ${titleOf(from)}` : `${titleOf(to)} asks what came of ${titleOf(from)}`;
        return { from: `${prefix}${from}`, to: `${prefix}${to}`, text, label: '', isBody: false };
      }),
  );
}

function blockLinks(jobs: Jobs, { prefix, titleOf }: LinkScope): ControlLink[] {
  return controlStepLinks(jobs)
    .filter(({ from, to }) => Object.hasOwn(jobs, from) && Object.hasOwn(jobs, to))
    .map(({ from, to, field }): ControlLink => {
      const ends = { from: `${prefix}${from}`, to: `${prefix}${to}`, isBody: field === 'body' };
      if (field !== 'body') {
        const wanted = field === 'true_block' ? 'true' : 'false';
        return { ...ends, text: `${titleOf(to)} runs if ${titleOf(from)} is ${wanted}`, label: `if ${wanted}` };
      }
      const often = jobs[to]?.type === 'do_while' ? 'again and again' : 'for each item';
      return { ...ends, text: `${titleOf(to)} runs ${titleOf(from)} ${often}`, label: often };
    });
}

/** What of a step changes with the branches and loops that name it: its drawing is made anew when this is another text. */
export function blocksAround(jobs: Jobs): ReadonlyMap<string, string> {
  const around = new Map<string, string>();
  for (const { from, to, field } of controlStepLinks(jobs)) {
    const [named, by] = field === 'body' ? [from, to] : [to, from];
    around.set(named, `${around.get(named) ?? ''} ${field} ${by} ${jobs[by]?.type ?? ''}`);
  }
  return around;
}

/** The loop that does the work of a step; null: it is a step of its own. */
export function loopAround(key: string, jobs: Jobs): string | null {
  return controlStepLinks(jobs).find(({ from, to, field }) => field === 'body' && from === key && jobs[to] !== undefined)?.to ?? null;
}
