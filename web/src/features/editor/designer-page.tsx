import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { isNotFound, messageOf } from '../../api/api-error.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useQueryParam } from '../../ui/page/use-query-param.ts';
import { Designer } from './designer.tsx';
import { isUnreadable } from './saving/draft-transport.ts';
import { OpeningDraft } from './opening-draft.tsx';
import { EditorProvider } from './store/editor-context.tsx';
import { type SessionState, useDraftSession } from './use-draft-session.ts';

/** `/drafts/:id` */
export function DesignerPage() {
  const { id = '' } = useParams();
  const [attempt, setAttempt] = useState(0);
  // Another draft, or another attempt, begins from nothing.
  return <DraftPage key={`${id} ${attempt}`} id={id} onRetry={() => setAttempt(attempt + 1)} />;
}

function DraftPage({ id, onRetry }: { readonly id: string; readonly onRetry: () => void }) {
  const session = useDraftSession(id);
  if (session.kind === 'failed') return <FailedDraft error={session.error} onRetry={onRetry} />;
  if (session.kind === 'opening') return <OpeningDraft />;
  return <OpenDraft session={session} />;
}

function OpenDraft({ session }: { readonly session: Extract<SessionState, { kind: 'open' }> }) {
  const { editor, lastRun } = session;
  // A draft that was made of a run shows that run, until it has one of its own.
  const [madeOf] = useQueryParam('show');
  const opening = lastRun ?? (/^\d+$/.test(madeOf) ? madeOf : null);
  useEffect(() => {
    if (opening !== null) editor.store.getState().attachRun(opening);
  }, [editor, opening]);
  return (
    <EditorProvider value={editor}>
      <Designer />
    </EditorProvider>
  );
}

const crumbs = [{ text: 'Pipelines', to: '/pipelines', isMinor: true }, { text: '…' }];

function FailedDraft({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (isUnreadable(error)) return <UnreadableDraft />;
  return (
    <Page title="Pipeline" crumbs={crumbs}>
      <ErrorState
        title={isNotFound(error) ? 'There is no such draft' : 'The draft could not be opened'}
        message={isNotFound(error) ? 'It was deleted, or the address is not quite right.' : messageOf(error)}
        action={<OrElsewhere verb="Try again" onClick={onRetry} />}
      />
    </Page>
  );
}

/** What may help, and the way to other drafts. */
function OrElsewhere({ verb, onClick }: { readonly verb: string; readonly onClick: () => void }) {
  return (
    <span className="pw-row">
      <Button variant="default" onClick={onClick}>
        {verb}
      </Button>
      <Button variant="default" component={Link} to="/pipelines">
        All pipelines
      </Button>
    </span>
  );
}

/** Written by another version than the page is of. Nothing is sent, so that nothing in it is lost. */
function UnreadableDraft() {
  return (
    <Page title="Pipeline" crumbs={crumbs}>
      <ErrorState
        title="A newer version of Pipewright has written this draft"
        message="This page cannot read it, and has changed nothing in it. Reload the page; if it stays like this, start the newer version."
        action={<OrElsewhere verb="Reload the page" onClick={() => window.location.reload()} />}
      />
    </Page>
  );
}
