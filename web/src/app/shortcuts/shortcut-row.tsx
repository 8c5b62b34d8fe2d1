import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Command } from '../../ui/commands/command.ts';
import { KeyHint } from '../../ui/commands/key-hint.tsx';
import { giveKeys, rivalsFor, withOwnKeys } from '../../ui/commands/own-keys.ts';
import { showToast } from '../../ui/feedback/toast.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { KeyCatcher } from './key-catcher.tsx';
import classes from './shortcuts.module.css';

interface ShortcutRowProps {
  readonly command: Command;
  /** Everything else that has keys here. */
  readonly others: readonly Command[];
  readonly isChanging: boolean;
  readonly onChange: (isChanging: boolean) => void;
}

/** A command with its keys, which can be changed in its place. */
export function ShortcutRow({ command, others, isChanging, onChange }: ShortcutRowProps) {
  const { shortcuts, setShortcuts } = usePreferences();
  const button = useRef<HTMLButtonElement>(null);
  const { keys } = withOwnKeys(command, shortcuts);
  const isOwn = command.areKeysFixed !== true && shortcuts[command.id] !== undefined;
  const shown = keys === undefined ? <span className={classes.none}>none</span> : <KeyHint keys={keys} />;
  const handleDone = (): void => {
    onChange(false);
    button.current?.focus();
  };
  const reset = (): void => {
    const usual = command.keys ?? '';
    const takenFrom = rivalsFor({ command, keys: usual }, others, shortcuts);
    setShortcuts(giveKeys(shortcuts, { command, keys: usual, takenFrom }));
    if (takenFrom.length > 0) showToast({ text: `${takenFrom.map(({ title }) => `“${title}”`).join(' and ')} had these keys, and has none now.` });
  };
  return (
    <>
      <div className={classes.row}>
        <span className="pw-clip" title={command.title}>
          {command.title}
        </span>
        <span className={classes.keys}>
          {isOwn && (
            <Tooltip label={command.keys === undefined ? 'Take the keys away' : 'Back to the usual keys'}>
              <ActionIcon
                size="sm"
                aria-label={`Back to the usual keys of ${command.title}`}
                onClick={() => {
                  reset();
                  button.current?.focus();
                }}
              >
                <IconRestore size={14} stroke={1.8} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          {command.areKeysFixed === true ? (
            shown
          ) : (
            <button
              ref={button}
              type="button"
              className={classes.change}
              aria-label={`${command.title}: ${keys ?? 'none'}, change`}
              aria-expanded={isChanging}
              data-own={isOwn || undefined}
              onClick={() => onChange(!isChanging)}
            >
              {shown}
            </button>
          )}
        </span>
      </div>
      {isChanging && <KeyCatcher command={command} others={others} onDone={handleDone} />}
    </>
  );
}
