import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFrame, IconLayoutNavbarExpand } from '@tabler/icons-react';
import { countOf } from '../../ui/format/number.ts';
import { useNameWithKeys } from '../../ui/commands/use-listed-commands.ts';
import { isFarLevel, useDetailLevel } from '../detail-level.tsx';
import { FarContent } from '../far-content.tsx';
import type { GroupBox } from '../flow-graph.ts';
import { useGroupStrip, useStepFacts } from '../step-facts.ts';
import { lookOf } from '../step-look.ts';
import classes from '../step-node.module.css';
import { sayStrip } from '../step-strip.ts';
import { StripLine } from '../strip-line.tsx';
import { groupColor } from './paper-color.ts';
import paper from './paper.module.css';

/** A group as one box: its name, and how many of its steps stand where. */
export function GroupBoxView({ box, isSelected }: { readonly box: GroupBox; readonly isSelected: boolean }) {
  const strip = useGroupStrip(box.steps);
  const { groups } = useStepFacts();
  const level = useDetailLevel();
  const isDetailed = !isFarLevel(level);
  const count = countOf(box.steps.length, 'step');
  return (
    <div
      {...lookOf(strip, classes.node)}
      data-group={box.id}
      data-collapsed
      data-paper={groupColor(box.color)}
      data-level={level}
      data-selected={isSelected || undefined}
      data-stack
      tabIndex={isSelected ? 0 : -1}
      role="group"
      aria-roledescription="collapsed group"
      aria-label={[box.title, count, sayStrip(strip)].join(', ')}
    >
      {isDetailed ? (
        <>
          <div className={classes.head}>
            <span className={paper.tile}>
              <IconFrame size={16} stroke={1.8} aria-hidden />
            </span>
            <div className={classes.titles}>
              <b title={box.title}>{box.title}</b>
              <span>{count}</span>
            </div>
            {groups && (
              <span className={`${classes.unfold} nodrag nopan`}>
                <ExpandButton isStop={!groups.isSelectable} onExpand={() => groups.expand(box.id)} />
              </span>
            )}
          </div>
          <StripLine strip={strip} />
        </>
      ) : (
        <FarContent level={level} strip={strip} title={box.title} />
      )}
    </div>
  );
}

function ExpandButton({ isStop, onExpand }: { readonly isStop: boolean; readonly onExpand: () => void }) {
  return (
    <Tooltip label={useNameWithKeys('Expand the group', 'editor.collapse-group')}>
      <ActionIcon aria-label="Expand the group" tabIndex={isStop ? 0 : -1} onClick={onExpand}>
        <IconLayoutNavbarExpand size={15} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}
