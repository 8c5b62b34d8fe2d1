import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './side-panel.module.css';

interface SidePanelProps {
  readonly title: string;
  /** What of it is shown. */
  readonly choice: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What stands in the place of the inspector until it is closed, by Esc anywhere in it as well; the keyboard then goes to the canvas. */
export function SidePanel({ title, choice, closeLabel, onClose, children }: SidePanelProps) {
  const close = (): void => {
    onClose();
    document.querySelector<HTMLElement>('[data-canvas]')?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc anywhere in the panel closes it
    <div
      className={classes.panel}
      data-side-panel={title.toLowerCase()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <header className={classes.head}>
        <h2>{title}</h2>
        {choice}
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label={closeLabel} onClick={close}>
            <IconX size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </header>
      {children}
    </div>
  );
}
