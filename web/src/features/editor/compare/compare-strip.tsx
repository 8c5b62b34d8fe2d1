import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconChevronDown, IconChevronUp, IconGitCompare, IconX } from '@tabler/icons-react';
import { useEditorState } from '../store/editor-context.tsx';
import classes from './compare-view.module.css';

interface CompareStripProps {
  readonly title: string;
  readonly summary: string;
  readonly hasAny: boolean;
  readonly onGo: (by: 1 | -1) => void;
  readonly onRestore: () => void;
  readonly onClose: () => void;
}

/** What is compared with what, over the canvas. */
export function CompareStrip({ title, summary, hasAny, onGo, onRestore, onClose }: CompareStripProps) {
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  return (
    <div className={classes.strip} role="region" aria-label="What is compared">
      <IconGitCompare size={15} stroke={1.8} aria-hidden />
      <b className="pw-clip" title={title}>
        {title} → the draft
      </b>
      <span className={classes.summary} role="status">
        {summary}
      </span>
      <span className={classes.tools}>
        <Tooltip label="Previous difference (Shift N)">
          <ActionIcon aria-label="Previous difference" disabled={!hasAny} onClick={() => onGo(-1)}>
            <IconChevronUp size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Next difference (N)">
          <ActionIcon aria-label="Next difference" disabled={!hasAny} onClick={() => onGo(1)}>
            <IconChevronDown size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} stroke={1.8} />}
          disabled={isReadOnly || !hasAny}
          aria-label={`Restore ${title}`}
          onClick={onRestore}
        >
          Restore
        </Button>
        <Tooltip label="Back to the draft (Esc)">
          <ActionIcon aria-label="Back to the draft" onClick={onClose}>
            <IconX size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </span>
    </div>
  );
}
