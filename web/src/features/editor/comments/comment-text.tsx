import { splitMentions } from '@pipewright/shared/comments/mentions.ts';
import type { CommentMessage } from '@pipewright/shared/http/comments.ts';
import { useReveal } from '../commands/use-reveal.ts';
import { useDerived } from '../store/editor-context.tsx';
import classes from './comments.module.css';

/** What was said; a mention goes to its step, or says that it is gone. */
export function CommentText({ message }: { readonly message: Pick<CommentMessage, 'text' | 'mentions'> }) {
  return (
    <p className={classes.text}>
      {splitMentions(message.text, message.mentions).map((part, index) =>
        part.kind === 'text' ? part.text : <Mention key={`${index} ${part.step}`} step={part.step} />,
      )}
    </p>
  );
}

function Mention({ step }: { readonly step: string }) {
  const reveal = useReveal();
  const { title, isThere } = useStepTitle(step);
  if (!isThere) {
    return (
      <span className={classes.gone} title={`The step ${step} is gone`}>
        @{step}
        <span className="pw-hidden"> (gone)</span>
      </span>
    );
  }
  return (
    <button type="button" className={classes.mention} title={step} onClick={() => reveal([step])}>
      @{title}
    </button>
  );
}

/** How a step is called; one further down is there as long as the pipeline that it is in. */
export function useStepTitle(step: string): { readonly title: string; readonly isThere: boolean } {
  const title = useDerived((derived) => derived.drawn.get(step)?.title ?? step);
  const isThere = useDerived((derived) => derived.views.has(step.split('/')[0] ?? step));
  return { title, isThere };
}
