import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useRouteError } from 'react-router';
import { messageOf } from '../api/api-error.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import classes from './shell.module.css';

/** What a person sees when the page itself breaks: what happened, that nothing is lost, and the way out. */
export function RouteErrorPage() {
  const error = useRouteError();
  const isUnloadable = error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
  return (
    <main className={classes.center} role="alert">
      <title>Something broke · Pipewright</title>
      <EmptyState
        icon={IconAlertTriangle}
        title={isUnloadable ? 'This page could not be loaded' : 'This page broke'}
        hint={
          isUnloadable ? (
            'Pipewright has stopped, or was updated while this page was open. See its terminal, then reload. Your pipelines are saved.'
          ) : (
            <>
              Reload to go on. Your pipelines are saved as you edit them, and runs go on without the page.
              <pre className={classes.machine}>{error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}</pre>
            </>
          )
        }
        action={
          <span className="pw-row">
            <Button onClick={() => location.reload()}>Reload</Button>
            <Button variant="default" component="a" href="/">
              Go home
            </Button>
          </span>
        }
      />
    </main>
  );
}
