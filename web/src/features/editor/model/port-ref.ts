import type { PortSide } from '../../../canvas/geometry.ts';

/** A port of a step of the draft. */
export interface PortRef {
  readonly step: string;
  readonly side: PortSide;
  readonly port: string;
}

/** Text that names a port on the page: `STEP.inputs.NAME`. */
export const portId = ({ step, side, port }: PortRef): string => `${step}.${side}.${port}`;
