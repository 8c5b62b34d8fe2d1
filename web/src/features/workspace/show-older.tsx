import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import classes from './workspace.module.css';

interface ShowOlderProps {
  readonly query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  /** What of: `runs`. */
  readonly noun: string;
}

/** The next page of a list that comes newest first; nothing where all of it is shown. */
export function ShowOlder({ query: { hasNextPage, isFetchingNextPage, fetchNextPage }, noun }: ShowOlderProps) {
  if (!hasNextPage) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        Show older {noun}
      </Button>
    </div>
  );
}
