import type { StepStrip } from './step-strip.ts';
import classes from './step-look.module.css';

/** How a step stands, as what draws it carries it: for its colours, and for who reads the page. */
export function lookOf(strip: StepStrip, drawing: string | undefined) {
  return {
    className: `${classes.look} ${drawing}`,
    'data-status': strip.status,
    'data-look': strip.look,
    'data-st': strip.look === 'will-reuse' ? 'reused' : strip.status === 'none' ? undefined : strip.status,
  };
}
