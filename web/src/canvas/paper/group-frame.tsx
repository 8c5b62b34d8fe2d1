import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFold } from '@tabler/icons-react';
import { memo, type PointerEvent } from 'react';
import { countOf } from '../../ui/format/number.ts';
import { useNameWithKeys } from '../../ui/commands/use-listed-commands.ts';
import { isFarLevel, useDetailLevel } from '../detail-level.tsx';
import type { Box } from '../geometry.ts';
import { titleOfGroup } from './frame-boxes.ts';
import { type FrameEdge, FrameEdges } from './frame-edges.tsx';
import { NameOfGroup } from './name-of-group.tsx';
import { groupColor } from './paper-color.ts';
import classes from './paper.module.css';

/** What can be done with a frame by hand; left out where it is only looked at. */
export interface FrameActs {
  readonly onPointerDown: (id: string, event: PointerEvent) => void;
  readonly onMenu: (id: string, at: { readonly x: number; readonly y: number }) => void;
  readonly onRename: (id: string) => void;
  /** `title` null: it keeps its name. */
  readonly onNamed: (id: string, title: string | null) => void;
  readonly onCollapse: (id: string) => void;
  readonly onResize: (id: string, edge: FrameEdge, event: PointerEvent) => void;
}

interface GroupFrameProps {
  readonly id: string;
  readonly title: string;
  readonly color: string | undefined;
  readonly count: number;
  readonly box: Box;
  readonly isSelected?: boolean;
  /** What is dragged would come into it. */
  readonly isTarget?: boolean;
  readonly isRenaming?: boolean;
  readonly isEditable?: boolean;
  readonly acts?: FrameActs | null;
  /** For one that is only looked at: lays it as one box. */
  readonly onFold?: ((id: string) => void) | undefined;
}

/** A frame around steps: it fits them, or has more room, is held by its head and lets the pointer through to the paper. */
export const GroupFrame = memo(function GroupFrame(props: GroupFrameProps) {
  const { id, title, color, count, box, isSelected = false, isTarget = false, isRenaming = false, isEditable = false, acts = null, onFold } = props;
  const fold = acts?.onCollapse ?? onFold;
  const level = useDetailLevel();
  const isDetailed = !isFarLevel(level);
  return (
    <div
      className={classes.frame}
      style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
      data-group={id}
      data-paper={groupColor(color)}
      data-level={level}
      data-selected={isSelected || undefined}
      data-target={isTarget || undefined}
      tabIndex={isSelected ? 0 : -1}
      role="group"
      aria-roledescription="group"
      aria-label={`${titleOfGroup({ title })}, ${countOf(count, 'step')}`}
    >
      <header
        className={`${classes.head} nopan`}
        data-frame-head
        onPointerDown={acts ? (event) => acts.onPointerDown(id, event) : undefined}
        onDoubleClick={acts ? () => acts.onRename(id) : undefined}
        onContextMenu={
          acts
            ? (event) => {
                event.preventDefault();
                acts.onMenu(id, { x: event.clientX, y: event.clientY });
              }
            : undefined
        }
      >
        {isRenaming && acts ? (
          <NameOfGroup title={title} onNamed={(named) => acts.onNamed(id, named)} />
        ) : (
          <b title={titleOfGroup({ title })}>{titleOfGroup({ title })}</b>
        )}
        {isDetailed && !isRenaming && <span>{countOf(count, 'step')}</span>}
        {isDetailed && fold && (
          <span className={classes.tools}>
            <CollapseButton title={titleOfGroup({ title })} isStop={!acts} onCollapse={() => fold(id)} />
          </span>
        )}
      </header>
      {isEditable && acts && <FrameEdges onTake={(edge, event) => acts.onResize(id, edge, event)} />}
    </div>
  );
});

interface CollapseButtonProps {
  readonly title: string;
  /** The keyboard comes to it: the frame itself takes none. */
  readonly isStop: boolean;
  readonly onCollapse: () => void;
}

function CollapseButton({ title, isStop, onCollapse }: CollapseButtonProps) {
  return (
    <Tooltip label={useNameWithKeys('Collapse into one box', 'editor.collapse-group')}>
      <ActionIcon
        aria-label={`Collapse ${title}`}
        tabIndex={isStop ? 0 : -1}
        onPointerDown={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onClick={onCollapse}
      >
        <IconFold size={14} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}
