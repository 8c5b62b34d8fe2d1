import { assertNever } from '@pipewright/shared/assert-never.ts';
import {
  IconAlertTriangle,
  IconArrowCurveRight,
  IconBarrierBlock,
  IconCircleOff,
  IconPin,
  IconArrowsMove,
  IconCloud,
  IconEqual,
  IconMinus,
  IconPencil,
  IconPlayerPlay,
  IconPlus,
  IconRecycle,
  IconTag,
  IconUnlink,
  type TablerIcon,
} from '@tabler/icons-react';
import { memo } from 'react';
import { formatDuration } from '../ui/format/duration.ts';
import { Countdown, Elapsed } from '../ui/format/elapsed.tsx';
import { StatusIcon } from '../ui/status/status-icon.tsx';
import { type Origins, useStepFacts } from './step-facts.ts';
import type { DraftState, StepStrip, StripTime } from './step-strip.ts';
import classes from './step-node.module.css';

const draftIcons = {
  'not-run': IconPlus,
  'will-run': IconPlayerPlay,
  'will-reuse': IconRecycle,
  problem: IconAlertTriangle,
  missing: IconUnlink,
  elsewhere: IconCloud,
  version: IconTag,
  disabled: IconCircleOff,
  bypassed: IconArrowCurveRight,
  needs: IconBarrierBlock,
  pinned: IconPin,
  added: IconPlus,
  removed: IconMinus,
  edited: IconPencil,
  moved: IconArrowsMove,
  same: IconEqual,
} as const satisfies Record<Exclude<DraftState, 'changed'>, TablerIcon>;

/** The lower line of a node. */
export const StripLine = memo(function StripLine({ strip }: { readonly strip: StepStrip }) {
  const { word, detail, isDetailCode, time } = strip;
  const { origins } = useStepFacts();
  return (
    <div className={classes.strip}>
      <StripIcon strip={strip} size={14} />
      <b>{word}</b>
      {strip.origin === undefined || !origins ? (
        <span className={isDetailCode ? classes.code : classes.detail} title={detail}>
          {detail}
        </span>
      ) : (
        <OriginButton origin={strip.origin} detail={detail} origins={origins} />
      )}
      {time && (
        <time className="pw-num">
          <StripClock time={time} />
        </time>
      )}
      {strip.status === 'running' && strip.share === undefined && <i className={classes.progress} />}
      {strip.status === 'running' && strip.share !== undefined && <i className={classes.bar} style={{ width: `${strip.share * 100}%` }} />}
      {strip.status === 'finalizing' && <i className={classes.bar} style={{ width: '100%' }} />}
    </div>
  );
});

interface OriginButtonProps {
  readonly origin: string;
  readonly detail: string;
  readonly origins: Origins;
}

/** The cause, by name: the pointer over it marks the step, a press goes there. */
function OriginButton({ origin, detail, origins }: OriginButtonProps) {
  return (
    <button
      type="button"
      className={`${classes.detail} ${classes.origin} nodrag nopan`}
      title={`${detail}: go there`}
      // The step itself is the stop of the keyboard; its inspector has the same button.
      tabIndex={-1}
      onPointerEnter={() => origins.point(origin)}
      onPointerLeave={() => origins.point(null)}
      onClick={(event) => {
        event.stopPropagation();
        origins.point(null);
        origins.go(origin);
      }}
    >
      {detail}
    </button>
  );
}

export function StripIcon({ strip, size }: { readonly strip: StepStrip; readonly size: number }) {
  const { look } = strip;
  if (look === 'changed') return <StatusIcon status={strip.was ?? 'completed'} size={size} />;
  const Icon = isDraftLook(look) ? draftIcons[look] : null;
  if (Icon) return <Icon size={size} stroke={2} className={classes.draftIcon} aria-hidden />;
  return isDraftLook(look) ? null : <StatusIcon status={look} size={size} />;
}

const isDraftLook = (look: StepStrip['look']): look is keyof typeof draftIcons => Object.hasOwn(draftIcons, look);

export function StripClock({ time }: { readonly time: StripTime }) {
  switch (time.kind) {
    case 'counting':
      return <Elapsed since={time.since} />;
    case 'counting-down':
      return <Countdown until={time.until} />;
    case 'took':
      return formatDuration(time.ms);
    default:
      return assertNever(time);
  }
}
