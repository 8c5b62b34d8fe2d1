import { ActionIcon, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconX } from '@tabler/icons-react';
import classes from './feedback.module.css';

interface Toast {
  /** One line: what happened. */
  readonly text: string;
  readonly onUndo?: () => void;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Called once, when the toast is gone and was not undone. */
  readonly onSettled?: () => void;
}

const stayMs = 6000;
let nextToast = 0;

/**
 * One line at the bottom right for something that finished elsewhere or can be undone. It stays six seconds and waits
 * while the pointer is over it. Not for errors a person must act on, nor for success they can already see.
 */
export function showToast({ text, onUndo, action, onSettled }: Toast): void {
  nextToast += 1;
  const id = `toast-${nextToast}`;
  let isUndone = false;
  const act = (run: () => void, undoes: boolean): void => {
    isUndone = undoes;
    notifications.hide(id);
    run();
  };
  notifications.show({
    id,
    autoClose: stayMs,
    withCloseButton: false,
    withBorder: false,
    className: classes.toast,
    onClose: () => {
      if (!isUndone) onSettled?.();
    },
    message: (
      <span className={classes.toastLine}>
        <span className="pw-clip">{text}</span>
        {action && (
          <Button size="xs" variant="light" onClick={() => act(action.run, false)}>
            {action.label}
          </Button>
        )}
        {onUndo && (
          <Button size="xs" variant="light" onClick={() => act(onUndo, true)}>
            Undo
          </Button>
        )}
        <ActionIcon aria-label="Dismiss" onClick={() => notifications.hide(id)}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </span>
    ),
  });
}
