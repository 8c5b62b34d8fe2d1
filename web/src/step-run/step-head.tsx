import type { Family } from '@pipewright/shared/component/family.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FamilyTile } from '../ui/graph/family-tile.tsx';
import { Truncate } from '../ui/text/truncate.tsx';
import classes from './step-run.module.css';

interface StepHeadProps {
  readonly family: Family;
  readonly icon: string | undefined;
  readonly title: string;
  readonly stepKey: string;
  /** What it is, after its key. */
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** What stands over a step of a run, whether it is a process or a pipeline. */
export function StepHead({ family, icon, title, stepKey, children, onClose }: StepHeadProps) {
  return (
    <header className={classes.stepHead}>
      <FamilyTile family={family} icon={icon} size="lg" />
      <div className="pw-grow">
        <h2 className={classes.stepTitle}>
          <Truncate>{title}</Truncate>
        </h2>
        <p className="pw-xs pw-muted pw-clip">
          <span className="pw-mono">{stepKey}</span> · {children}
        </p>
      </div>
      <Tooltip label="Close">
        <ActionIcon aria-label="Close the step" onClick={onClose}>
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}
