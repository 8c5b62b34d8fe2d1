import type { ResolvedInput, RunSnapshot } from './run-snapshot.ts';

/** Data that a step of a run takes. */
interface DataInput {
  readonly step: string;
  readonly port: string;
  readonly input: Extract<ResolvedInput, { kind: 'data' }>;
}

/** All data that a run was given: to its steps, and by the items of their loops. */
export function dataInputsIn({ steps }: Pick<RunSnapshot, 'steps'>): DataInput[] {
  return Object.entries(steps).flatMap(([step, { inputs, control }]) => {
    const items = control?.forEach?.items;
    const given = [inputs, ...(items?.kind === 'inputs' ? items.items : [])].flatMap((named) => Object.entries(named));
    return given.flatMap(([port, input]): DataInput[] => (input.kind === 'data' ? [{ step, port, input }] : []));
  });
}
