import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEditorState } from '../store/editor-context.tsx';
import { useSetSetting } from './use-set-setting.ts';
import classes from './inspector.module.css';

interface SettingRowProps {
  /** The key of the settings in the file. */
  readonly field: string;
  readonly label: string;
  /** What it means here. */
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A setting of the pipeline, with a mark where it is said and the way back to its default. */
export function SettingRow({ field, label, hint, children }: SettingRowProps) {
  const isSaid = useEditorState((state) => state.content.document.settings[field] !== undefined);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const set = useSetSetting();
  return (
    <div className={classes.row}>
      <span className={classes.label}>
        {isSaid && <span className={classes.changed} aria-hidden />}
        {label}
      </span>
      {isSaid && !isReadOnly && (
        <span className={classes.rowMenu}>
          <Tooltip label="Reset to the default">
            <ActionIcon aria-label={`Reset ${label} to the default`} onClick={() => set(field, undefined, { label: `Reset ${label.toLowerCase()}` })}>
              <IconArrowBackUp size={14} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        </span>
      )}
      <div className={classes.control}>
        {children}
        {hint !== undefined && <span className={classes.choiceHint}>{hint}</span>}
      </div>
    </div>
  );
}
