import { CommentBadge } from './comment-badge.tsx';
import { useProblemCount } from './step-facts.ts';
import classes from './step-look.module.css';

/** At the corner of a node or a frame: how much is wrong with it; else what is said of it. */
export function StepBadge({ step }: { readonly step: string }) {
  const count = useProblemCount(step);
  return count > 0 ? <span className={classes.badge}>{count}</span> : <CommentBadge step={step} />;
}
