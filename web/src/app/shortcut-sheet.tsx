import { Modal } from '@mantine/core';
import { useShallow } from 'zustand/react/shallow';
import type { Command } from '../ui/commands/command.ts';
import { selectCommands, useCommandRegistry } from '../ui/commands/command-registry.ts';
import { KeyHint } from '../ui/commands/key-hint.tsx';
import classes from './shell.module.css';

interface ShortcutSheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Every key that does something on this page, by group. */
export function ShortcutSheet({ isOpen, onClose }: ShortcutSheetProps) {
  const commands = useCommandRegistry(useShallow(selectCommands)).filter((command) => command.keys !== undefined);
  const groups = Map.groupBy(commands, (command) => command.group);
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keyboard shortcuts" size={680} centered>
      <div className={classes.sheet}>
        {[...groups].map(([group, members]) => (
          <section key={group} className={classes.sheetGroup}>
            <h3>{group}</h3>
            {members.map((command) => (
              <ShortcutRow key={command.id} command={command} />
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}

function ShortcutRow({ command }: { readonly command: Command }) {
  return (
    <div className={classes.sheetRow}>
      <span>{command.title}</span>
      <KeyHint keys={command.keys ?? ''} />
    </div>
  );
}
