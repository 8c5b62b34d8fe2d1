import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { isNotFound, messageOf } from '../../api/api-error.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { AfterPause, SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Designer } from './designer.tsx';
import { EditorProvider } from './store/editor-context.tsx';
import { type SessionState, useDraftSession } from './use-draft-session.ts';
import classes from './designer.module.css';

/** `/drafts/:id` */
export function DesignerPage() {
  const { id = '' } = useParams();
  const session = useDraftSession(id);
  if (session.kind === 'failed') return <FailedDraft session={session} />;
  if (session.kind === 'opening') return <OpeningDraft />;
  return <OpenDraft key={id} session={session} />;
}

function OpenDraft({ session }: { readonly session: Extract<SessionState, { kind: 'open' }> }) {
  const { editor, lastRun } = session;
  useEffect(() => {
    if (lastRun !== null) editor.store.getState().attachRun(lastRun);
  }, [editor, lastRun]);
  return (
    <EditorProvider value={editor}>
      <Designer />
    </EditorProvider>
  );
}

const crumbs = [{ text: 'Pipelines', to: '/pipelines', isMinor: true }, { text: '…' }];

function OpeningDraft() {
  return (
    <Page title="Pipeline" form="panes" crumbs={crumbs}>
      <div className={classes.loading} aria-busy="true">
        <div className={classes.side}>
          <SkeletonRows count={12} height={28} />
        </div>
        <AfterPause>
          <div />
        </AfterPause>
        <div className={classes.side}>
          <SkeletonRows count={6} height={34} />
        </div>
      </div>
    </Page>
  );
}

function FailedDraft({ session }: { readonly session: Extract<SessionState, { kind: 'failed' }> }) {
  return (
    <Page title="Pipeline" crumbs={crumbs}>
      <ErrorState
        title={isNotFound(session.error) ? 'There is no such draft' : 'The draft could not be opened'}
        message={isNotFound(session.error) ? 'It was deleted, or the address is not quite right.' : messageOf(session.error)}
        action={
          <span className="pw-row">
            <Button variant="default" onClick={session.retry}>
              Try again
            </Button>
            <Button variant="default" component={Link} to="/pipelines">
              All pipelines
            </Button>
          </span>
        }
      />
    </Page>
  );
}
