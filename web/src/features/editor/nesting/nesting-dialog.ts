import type { Point } from '../../../canvas/geometry.ts';

/** What lies open over the canvas about the components of steps. */
export type NestingDialog =
  /** These steps become a sub-pipeline. */
  | { readonly kind: 'extract'; readonly steps: readonly string[] }
  /** The list of components for a step that has another one. */
  | { readonly kind: 'choose-component'; readonly step: string; readonly at: Point }
  /** What becomes of the wires if the step uses this one. */
  | { readonly kind: 'replace'; readonly step: string; readonly reference: string }
  | { readonly kind: 'upgrade-all' }
  /** The inputs and outputs of the sub-pipeline that a step is. */
  | { readonly kind: 'interface'; readonly step: string }
  /** The sub-pipeline that the draft is becomes the next version of its component. */
  | { readonly kind: 'save-component' };
