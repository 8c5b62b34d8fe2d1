import { Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Command } from '../../ui/commands/command.ts';
import { readKeys, spellKeys } from '../../ui/commands/match-keys.ts';
import { giveKeys, rivalsFor } from '../../ui/commands/own-keys.ts';
import { usePreferences } from '../../ui/preferences.ts';
import classes from './shortcuts.module.css';

interface KeyCatcherProps {
  readonly command: Command;
  readonly others: readonly Command[];
  readonly onDone: () => void;
}

/** Takes the next key press as the keys of a command: two plain keys one after the other as well (`G H`). Enter keeps, Esc does not. */
export function KeyCatcher({ command, others, onDone }: KeyCatcherProps) {
  const { shortcuts, setShortcuts } = usePreferences();
  const [caught, setCaught] = useState<string | null>(null);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);

  const rivals = caught === null ? [] : rivalsFor({ command, keys: caught }, others, shortcuts);
  const fixed = rivals.find(({ areKeysFixed }) => areKeysFixed === true);
  const keep = (keys: string): void => {
    setShortcuts(giveKeys(shortcuts, { command, keys, takenFrom: rivalsFor({ command, keys }, others, shortcuts) }));
    onDone();
  };
  const handleKeyDown = (event: KeyboardEvent): void => {
    // Tab goes on to the buttons; everything else is caught before anybody does something for it.
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onDone();
    if (event.key === 'Enter' && caught !== null && fixed === undefined && !event.ctrlKey && !event.altKey && !event.shiftKey) return keep(caught);
    const keys = readKeys(event);
    if (keys !== null) setCaught(isPlain(caught) && isPlain(keys) ? `${caught} ${keys}` : keys);
  };
  return (
    <div className={classes.catcher} role="group" aria-label={`Keys of ${command.title}`}>
      {/* Keys are what this takes; there is nothing to press with the pointer. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div
        ref={field}
        role="application"
        tabIndex={0}
        className={classes.field}
        aria-label="Press the keys, Enter keeps them, Escape does not"
        data-mantine-stop-propagation
        onKeyDown={handleKeyDown}
      >
        {caught === null ? 'Press the keys…' : <kbd>{spellKeys(caught)}</kbd>}
      </div>
      <Button size="xs" disabled={caught === null || fixed !== undefined} onClick={() => caught !== null && keep(caught)}>
        {rivals.length > 0 && !fixed ? 'Take them' : 'Use them'}
      </Button>
      <Button size="xs" variant="default" onClick={() => keep('')}>
        No keys
      </Button>
      <p className={classes.rivals} role="status">
        {describeRivals(rivals, fixed)}
      </p>
    </div>
  );
}

/** One key without modifiers: it may be the first of two. */
const isPlain = (keys: string | null): boolean => keys !== null && /^[^+ ]$/.test(keys);

function describeRivals(rivals: readonly Command[], fixed: Command | undefined): string {
  if (fixed) return `These are the keys of “${fixed.title}”, which cannot be changed.`;
  if (rivals.length === 0) return '';
  return `Now the keys of ${rivals.map(({ title }) => `“${title}”`).join(' and ')}, which would have none.`;
}
