import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { KeyHint } from '../../ui/commands/key-hint.tsx';
import { findEntries, type PaletteEntry } from './palette-entry.ts';
import { usePaletteEntries } from './use-palette-entries.ts';
import classes from './command-palette.module.css';

interface CommandPaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Search over everything and every command, by Ctrl-K. */
export function CommandPalette({ isOpen, onClose }: CommandPaletteProps) {
  return (
    <Modal.Root opened={isOpen} onClose={onClose} size={620} padding={0} yOffset="12vh" transitionProps={{ transition: 'fade', duration: 90 }}>
      <Modal.Overlay />
      <Modal.Content aria-label="Search and commands">
        <PaletteBody isOpen={isOpen} onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteBody({ isOpen, onClose }: CommandPaletteProps) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = findEntries(usePaletteEntries(isOpen), query);
  const current = Math.min(chosen, Math.max(0, found.length - 1));
  const listId = useId();

  const perform = (entry: PaletteEntry | undefined): void => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') perform(found[current]);
    else if (event.key === 'ArrowDown') setChosen((current + 1) % Math.max(1, found.length));
    else if (event.key === 'ArrowUp') setChosen((current - 1 + found.length) % Math.max(1, found.length));
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.palette}>
      <div className={classes.field}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found[current] ? `${listId}-${current}` : undefined}
          aria-label="Search steps, pipelines, runs, data, components and commands"
          placeholder="Search pipelines, runs, data, components, commands"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(0);
          }}
          onKeyDown={handleKeyDown}
        />
        <KeyHint keys="Esc" />
      </div>
      <div className={classes.list} role="listbox" id={listId} aria-label="Results">
        {found.map((entry, index) => (
          <EntryRow
            key={entry.id}
            id={`${listId}-${index}`}
            entry={entry}
            isCurrent={index === current}
            hasHeads={query === ''}
            isFirstOfGroup={entry.group !== found[index - 1]?.group}
            onChoose={() => perform(entry)}
            onPoint={() => setChosen(index)}
          />
        ))}
      </div>
      {found.length === 0 && (
        <div className={classes.none} role="status">
          Nothing is called “{query}”. Try fewer letters.
        </div>
      )}
    </div>
  );
}

interface EntryRowProps {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly isCurrent: boolean;
  /** Groups have heads while nothing is asked; answers stand in the order of their worth and name their group. */
  readonly hasHeads: boolean;
  readonly isFirstOfGroup: boolean;
  readonly onChoose: () => void;
  readonly onPoint: () => void;
}

function EntryRow({ id, entry, isCurrent, hasHeads, isFirstOfGroup, onChoose, onPoint }: EntryRowProps) {
  const row = useRef<HTMLDivElement>(null);
  const { icon: Icon } = entry;
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <>
      {hasHeads && isFirstOfGroup && (
        <div className={classes.group} role="presentation">
          {entry.group}
        </div>
      )}
      {/* The field keeps the focus and handles the keys: this is the pointer's way only. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <div ref={row} id={id} role="option" aria-selected={isCurrent} className={classes.entry} onClick={onChoose} onPointerMove={onPoint}>
        <Icon size={16} stroke={1.8} aria-hidden />
        <span className="pw-clip">{entry.title}</span>
        <span className={classes.detail}>{hasHeads ? entry.detail : describe(entry)}</span>
        {entry.keys !== undefined && <KeyHint keys={entry.keys} />}
      </div>
    </>
  );
}

const describe = ({ group, detail }: PaletteEntry): string => (detail === undefined ? group : `${group} · ${detail}`);
