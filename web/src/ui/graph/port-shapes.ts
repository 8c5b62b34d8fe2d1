import type { PortType } from '@pipewright/shared/component/port-type.ts';

const circle = 'M8 2.2a5.8 5.8 0 1 1 0 11.6 5.8 5.8 0 0 1 0-11.6z';
const hexagon = 'M4.7 2.3h6.6L14.6 8l-3.3 5.7H4.7L1.4 8z';
const triangle = 'M8 2.6l6 10.4H2z';

/** The outline of a port in a box of 16 × 16; the shape says the type. */
export const portShapes = {
  mltable: circle,
  uri_folder: 'M2.5 4.2h4l1.5 1.8h5.5v7.3h-11z',
  uri_file: 'M3.6 2.4h5.6l3.2 3.2v8H3.6z',
  mlflow_model: 'M8 1.4L14.6 8 8 14.6 1.4 8z',
  custom_model: hexagon,
  triton_model: hexagon,
  number: triangle,
  integer: triangle,
  string: 'M2.8 3.5h10.4v3.2H9.7v6.8H6.3V6.7H2.8z',
  boolean: circle,
  path: 'M5.6 2.6h4.4L7.6 13.4H3.2z',
} as const satisfies Record<PortType, string>;

/** The filled half of a boolean. */
export const booleanHalf = 'M8 2.2a5.8 5.8 0 0 1 0 11.6z';
