import type { RunOptions } from '@pipewright/shared/run/run-options.ts';

/** Which part of a pipeline a command is about. */
export const partFlags = {
  from: { type: 'string' },
  to: { type: 'string' },
  only: { type: 'string', multiple: true },
  'with-missing': { type: 'boolean' },
} as const;

export interface PartValues {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly only?: string[] | undefined;
  readonly 'with-missing'?: boolean | undefined;
}

export function readPart({ from, to, only, 'with-missing': withMissing }: PartValues): Pick<RunOptions, 'from' | 'to' | 'only' | 'withMissing'> {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(only === undefined ? {} : { only }),
    ...(withMissing ? { withMissing } : {}),
  };
}
