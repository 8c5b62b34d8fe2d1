import { IconMessageCircleFilled } from '@tabler/icons-react';
import { countOf } from '../ui/format/number.ts';
import { useOpenComments, useStepFacts } from './step-facts.ts';
import classes from './step-look.module.css';

/** At the corner of a step that is otherwise in order: how much is said of it that is not resolved; a press shows it. */
export function CommentBadge({ step }: { readonly step: string }) {
  const { comments } = useStepFacts();
  const count = useOpenComments(step);
  if (count === 0 || !comments) return null;
  return (
    <button
      type="button"
      className={`${classes.badge} nodrag nopan`}
      data-kind="comments"
      // By keys the comments are opened for the step that is selected.
      tabIndex={-1}
      aria-label={countOf(count, 'open comment')}
      onClick={() => comments.show(step)}
    >
      <IconMessageCircleFilled size={10} aria-hidden />
      {count}
    </button>
  );
}
