import type { RunOptions } from '@pipewright/shared/run/run-options.ts';

/** Which part of a pipeline a command is about. */
export const partFlags = { from: { type: 'string' }, to: { type: 'string' }, only: { type: 'string', multiple: true } } as const;

export interface PartValues {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly only?: string[] | undefined;
}

export function readPart({ from, to, only }: PartValues): Pick<RunOptions, 'from' | 'to' | 'only'> {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(only === undefined ? {} : { only }) };
}
