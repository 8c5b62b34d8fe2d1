import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { matchLimit } from './find-in-log.ts';
import classes from './logs.module.css';

interface LogSearchProps {
  readonly query: string;
  /** The number of the match shown, from 1. */
  readonly current: number;
  readonly count: number;
  readonly onQuery: (query: string) => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** Find in the log: Enter goes on, Shift-Enter back, Esc clears. */
export function LogSearch({ query, current, count, onQuery, onStep }: LogSearchProps) {
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && query !== '') onQuery('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <TextInput
        size="xs"
        className={classes.search}
        placeholder="Find in log"
        aria-label="Find in log"
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        rightSectionWidth={80}
        rightSection={
          query !== '' && (
            <span className={classes.count} role="status">
              {current} of {count}
              {count >= matchLimit && '+'}
            </span>
          )
        }
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={handleKeyDown}
      />
      <Tooltip label="Previous match">
        <ActionIcon aria-label="Previous match" disabled={count === 0} onClick={() => onStep(-1)}>
          <IconChevronUp size={15} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Next match">
        <ActionIcon aria-label="Next match" disabled={count === 0} onClick={() => onStep(1)}>
          <IconChevronDown size={15} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
