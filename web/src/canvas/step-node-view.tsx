import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { FamilyTile } from '../ui/graph/family-tile.tsx';
import { isFarLevel, useDetailLevel } from './detail-level.tsx';
import { FarContent } from './far-content.tsx';
import type { StepNode } from './flow-graph.ts';
import { FoldButton } from './fold-button.tsx';
import { NodePorts } from './node-ports.tsx';
import { GroupBoxView } from './paper/group-box-view.tsx';
import { StepFrame } from './step-frame.tsx';
import { StepBadge } from './step-badge.tsx';
import { StepCompany } from './step-company.tsx';
import { useIsPointed, useStepFacts, useStrip, useSubtitle } from './step-facts.ts';
import { lookOf } from './step-look.ts';
import { StepMarks } from './step-marks.tsx';
import { sayStrip } from './step-strip.ts';
import { StripLine } from './strip-line.tsx';
import type { StepView } from './step-view.ts';
import classes from './step-node.module.css';

/** The drawing of a step: its node, or the frame of the pipeline that it is. */
export const StepNodeView = memo(function StepNodeView({ data, selected, isConnectable }: NodeProps<StepNode>) {
  const { view, frame, box } = data;
  if (box) return <GroupBoxView box={box} isSelected={selected} />;
  return frame ? (
    <StepFrame view={view} size={frame} isSelected={selected} isConnectable={isConnectable} />
  ) : (
    <PlainStep view={view} isSelected={selected} isConnectable={isConnectable} />
  );
});

interface PlainStepProps {
  readonly view: StepView;
  readonly isSelected: boolean;
  readonly isConnectable: boolean;
}

/** Its size never changes; what it shows depends on the zoom. */
function PlainStep({ view, isSelected: selected, isConnectable }: PlainStepProps) {
  const strip = useStrip(view.key);
  const { keyOf } = useStepFacts();
  const subtitle = useSubtitle(view);
  const isPointed = useIsPointed(view.key);
  const level = useDetailLevel();
  const isDetailed = !isFarLevel(level);
  return (
    <div
      {...lookOf(strip, classes.node)}
      data-step={keyOf(view.key)}
      data-level={level}
      data-selected={selected || undefined}
      data-pointed={isPointed || undefined}
      data-missing={(view.isMissing && !view.isElsewhere) || undefined}
      data-elsewhere={view.isElsewhere || undefined}
      data-stack={view.isPipeline || undefined}
      data-aside={view.aside?.kind}
      data-pinned={view.pinnedTo ?? undefined}
      // The step that is selected is where the keyboard is; the canvas itself is the stop when nothing is.
      tabIndex={selected ? 0 : -1}
      role="group"
      aria-roledescription="step"
      aria-label={[view.title, subtitle, ...view.marks.map(({ text }) => text), sayStrip(strip)].join(', ')}
    >
      {isDetailed ? (
        <>
          <NodeHead view={view} subtitle={subtitle} />
          <StripLine strip={strip} />
        </>
      ) : (
        <FarContent level={level} strip={strip} title={view.title} />
      )}
      {isDetailed && <NodePorts view={view} isConnectable={isConnectable} />}
      <StepCompany step={view.key} />
      {level === 'full' && <StepBadge step={view.key} />}
    </div>
  );
}

/** Memoised apart, because it only depends on the document while the strip follows the run. */
const NodeHead = memo(function NodeHead({ view, subtitle }: { readonly view: StepView; readonly subtitle: string }) {
  const { StepTools, nesting } = useStepFacts();
  return (
    <div className={classes.head}>
      <FamilyTile family={view.family} icon={view.icon} />
      <div className={classes.titles}>
        <b title={view.title}>{view.title}</b>
        <span title={subtitle}>{subtitle}</span>
      </div>
      {view.marks.length > 0 && <StepMarks marks={view.marks} />}
      {view.isPipeline && nesting && (
        <span className={`${classes.unfold} nodrag nopan`}>
          <FoldButton step={view.key} isUnfolded={false} nesting={nesting} />
        </span>
      )}
      {StepTools && !view.key.includes('/') && (
        <span className={`${classes.tools} nodrag nopan`}>
          <StepTools step={view.key} />
        </span>
      )}
    </div>
  );
});
