import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFrame, IconLayoutNavbarExpand } from '@tabler/icons-react';
import { countOf } from '../../ui/format/number.ts';
import { useDetailLevel } from '../detail-level.tsx';
import type { GroupBox } from '../flow-graph.ts';
import { useGroupStrip, useStepFacts } from '../step-facts.ts';
import { lookOf } from '../step-look.ts';
import classes from '../step-node.module.css';
import { sayStrip } from '../step-strip.ts';
import { StripIcon, StripLine } from '../strip-line.tsx';
import { groupColor } from './paper-color.ts';
import paper from './paper.module.css';

/** A group as one box: its name, and how many of its steps stand where. */
export function GroupBoxView({ box, isSelected }: { readonly box: GroupBox; readonly isSelected: boolean }) {
  const strip = useGroupStrip(box.steps);
  const { groups } = useStepFacts();
  const level = useDetailLevel();
  const isDetailed = level === 'full' || level === 'title';
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
                <Tooltip label="Expand the group (Enter)">
                  <ActionIcon aria-label="Expand the group" tabIndex={-1} onClick={() => groups.expand(box.id)}>
                    <IconLayoutNavbarExpand size={15} stroke={1.8} />
                  </ActionIcon>
                </Tooltip>
              </span>
            )}
          </div>
          <StripLine strip={strip} />
        </>
      ) : (
        <div className={classes.outline}>
          <StripIcon strip={strip} size={level === 'block' ? 44 : 34} />
          {level === 'outline' && <span className={classes.outlineTitle}>{box.title}</span>}
        </div>
      )}
    </div>
  );
}
