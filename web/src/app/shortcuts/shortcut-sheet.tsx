import { Button, Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Command } from '../../ui/commands/command.ts';
import { selectAllCommands, useCommandRegistry } from '../../ui/commands/command-registry.ts';
import { fuzzyScore } from '../../ui/commands/fuzzy-score.ts';
import { withOwnKeys } from '../../ui/commands/own-keys.ts';
import { useArePreferencesKept, usePreferences } from '../../ui/preferences.ts';
import { gestures } from './gestures.ts';
import { ShortcutRow } from './shortcut-row.tsx';
import classes from './shortcuts.module.css';

interface ShortcutSheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Every key that does something on this page, by group; pressed, it can be another. */
export function ShortcutSheet({ isOpen, onClose }: ShortcutSheetProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keyboard shortcuts" size={760} centered>
      <SheetBody />
    </Modal>
  );
}

function SheetBody() {
  const [query, setQuery] = useState('');
  const [changed, setChanged] = useState<string | null>(null);
  const commands = useCommandRegistry(useShallow(selectAllCommands));
  const { shortcuts, setShortcuts } = usePreferences();
  // What has no keys is found by its name, and can be given some.
  const isShown = (command: Command): boolean =>
    command.id === changed || (query.trim() === '' ? command.keys !== undefined || shortcuts[command.id] !== undefined : answers(command, shortcuts, query));
  const groups = Map.groupBy(commands.filter(isShown), ({ group }) => group);
  const shownGestures = commands.some(({ group }) => group === 'Canvas')
    ? gestures.filter((gesture) => query.trim() === '' || answersText(gesture, query))
    : [];
  const areKept = useArePreferencesKept();
  const ownCount = Object.keys(shortcuts).length;
  return (
    <>
      <div className={classes.head}>
        <TextInput
          data-autofocus
          className="pw-grow"
          aria-label="Search shortcuts"
          placeholder="Search, also commands that have no keys"
          leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        {ownCount > 0 && (
          <Button variant="default" onClick={() => setShortcuts({})}>
            Reset {ownCount === 1 ? 'the one' : `all ${ownCount}`} of your own
          </Button>
        )}
      </div>
      <p className={classes.hint}>
        Press the keys of a command to give it others.{' '}
        {areKept ? 'They are kept in this browser.' : 'This browser cannot keep them: they last as long as the page.'}
      </p>
      <div className={classes.sheet}>
        {[...groups].map(([group, members]) => (
          <section key={group} className={classes.group} aria-label={group}>
            <h3>{group}</h3>
            {members.map((command) => (
              <ShortcutRow
                key={command.id}
                command={command}
                others={commands}
                isChanging={command.id === changed}
                onChange={(isChanging) => setChanged(isChanging ? command.id : null)}
              />
            ))}
          </section>
        ))}
        {shownGestures.length > 0 && (
          <section className={classes.group} aria-label="With the pointer">
            <h3>With the pointer</h3>
            {shownGestures.map(({ title, how }) => (
              <div key={title} className={classes.row}>
                <span>{title}</span>
                <span className="pw-xs pw-muted">{how}</span>
              </div>
            ))}
          </section>
        )}
        {groups.size + shownGestures.length === 0 && <p className="pw-muted">Nothing is called “{query}”.</p>}
      </div>
    </>
  );
}

const answers = (command: Command, shortcuts: Readonly<Record<string, string>>, query: string): boolean =>
  fuzzyScore(query, `${command.title} ${command.group} ${withOwnKeys(command, shortcuts).keys ?? ''} ${command.keywords ?? ''}`) > 0;
const answersText = ({ title, how }: (typeof gestures)[number], query: string): boolean => fuzzyScore(query, `${title} ${how}`) > 0;
