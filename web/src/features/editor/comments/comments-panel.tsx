import type { CommentThread } from '@pipewright/shared/http/comments.ts';
import { Button, SegmentedControl } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { commentsQuery } from '../../../api/comments.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { AfterPause, SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { SidePanel } from '../side-panel.tsx';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectStepInView } from '../store/selectors.ts';
import { CommentComposer } from './comment-composer.tsx';
import { CommentThreadCard } from './comment-thread-card.tsx';
import classes from './comments.module.css';

type Shown = 'open' | 'resolved';

/** What is said of the draft: in the place of the inspector until it is closed. */
export function CommentsPanel() {
  const { store, draftId } = useEditor();
  const [shown, setShown] = useState<Shown>('open');
  const step = useEditorState(selectStepInView);
  const { data, error, refetch } = useQuery(commentsQuery(draftId));
  const open = data?.filter(({ resolved }) => !resolved) ?? [];
  const resolved = data?.filter((thread) => thread.resolved) ?? [];
  return (
    <SidePanel
      title="Comments"
      closeLabel="Close the comments"
      onClose={() => store.getState().showComments(false)}
      choice={
        <SegmentedControl<Shown>
          size="xs"
          aria-label="Which comments"
          data={[
            { value: 'open', label: `Open ${open.length}` },
            { value: 'resolved', label: `Resolved ${resolved.length}` },
          ]}
          value={shown}
          onChange={setShown}
        />
      }
    >
      <CommentComposer key={step ?? ''} step={step} />
      <div className={classes.scroll}>
        {data ? (
          <Threads threads={shown === 'open' ? open : resolved} step={step} shown={shown} />
        ) : error ? (
          <ErrorState title="The comments could not be read" message={messageOf(error)} action={<Button onClick={() => void refetch()}>Try again</Button>} />
        ) : (
          <AfterPause>
            <SkeletonRows count={4} height={48} />
          </AfterPause>
        )}
      </div>
    </SidePanel>
  );
}

interface ThreadsProps {
  readonly threads: readonly CommentThread[];
  readonly step: string | null;
  readonly shown: Shown;
}

/** Those on the selected step stand first. */
function Threads({ threads, step, shown }: ThreadsProps) {
  if (threads.length === 0) {
    return shown === 'open' ? (
      <EmptyState icon={IconMessageCircle} title="Nothing waits for an answer" hint="Say something above, on the step that is selected or on the pipeline." />
    ) : (
      <EmptyState icon={IconMessageCircle} title="Nothing has been resolved" hint="What is settled goes here, and can be opened again." />
    );
  }
  const isHere = (thread: CommentThread): boolean => step !== null && thread.step === step;
  const sorted = [...threads.filter(isHere), ...threads.filter((thread) => !isHere(thread))];
  return (
    <ul className={classes.threads} aria-label={shown === 'open' ? 'Open comments' : 'Resolved comments'}>
      {sorted.map((thread) => (
        <CommentThreadCard key={thread.id} thread={thread} isHere={isHere(thread)} />
      ))}
    </ul>
  );
}
