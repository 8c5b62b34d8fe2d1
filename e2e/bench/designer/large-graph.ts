import { Draft } from '@pipewright/shared/http/drafts.ts';
import type { TestServer } from '../../fixtures/server.ts';

interface PlacedStep {
  readonly key: string;
  readonly place: { readonly x: number; readonly y: number };
  readonly reads: string | null;
}

export interface LargeGraph {
  readonly name: string;
  readonly steps: readonly PlacedStep[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** As the layout of a draft has them. */
  readonly notes?: Readonly<Record<string, unknown>>;
}

const columns = 20;

/** Twenty chains side by side, as many steps as asked for. */
export function largeGraph(count: number): LargeGraph {
  const steps = Array.from({ length: count }, (_, index): PlacedStep => {
    const place = { x: (index % columns) * 264, y: Math.floor(index / columns) * 112 };
    return { key: `s${index}`, place, reads: index < columns ? null : `s${index - columns}` };
  });
  const edges = steps.flatMap(({ key, reads }) => (reads === null ? [] : [{ from: reads, to: key }]));
  return { name: `${count} steps`, steps, edges };
}

type JobOf = (step: PlacedStep, index: number) => Record<string, unknown>;

/** A component of the catalog with a parameter. */
export const filters: JobOf = ({ reads }, index) => ({
  component: 'azureml:filter_rows:1',
  display_name: `Filter ${index}`,
  inputs: { ...(reads === null ? {} : { table: `\${{parent.jobs.${reads}.outputs.result}}` }), condition: 'a > 1' },
  outputs: {},
});

/** Steps with commands of their own, all behind the first, which waits for a file. */
export const waitingFor =
  (file: string): JobOf =>
  ({ reads }, index) => ({
    command: index === 0 ? `until [ -e ${file} ]; do read -t 0.05 <> <(:) || :; done` : 'true',
    inputs: index === 0 ? {} : { before: `\${{parent.jobs.${reads ?? 's0'}.outputs.out}}` },
    outputs: { out: null },
  });

/** Answers with its id. */
export async function createDraft(server: TestServer, graph: LargeGraph, jobOf: JobOf): Promise<string> {
  const jobs = Object.fromEntries(graph.steps.map((step, index) => [step.key, jobOf(step, index)]));
  const steps = Object.fromEntries(graph.steps.map(({ key, place }) => [key, place]));
  const response = await fetch(`${server.url}/api/drafts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      name: graph.name,
      document: { type: 'pipeline', display_name: graph.name, jobs },
      layout: { steps, notes: graph.notes ?? {}, groups: {} },
    }),
  });
  if (!response.ok) throw new Error(`the draft was not made: ${response.status} ${await response.text()}`);
  return Draft.parse(await response.json()).id;
}
