import type { DetailLevel } from './detail-level.tsx';
import type { StepStrip } from './step-strip.ts';
import { StripIcon } from './strip-line.tsx';
import classes from './step-node.module.css';

interface FarContentProps {
  readonly level: DetailLevel;
  readonly strip: StepStrip;
  readonly title: string;
}

/** Seen from furthest a step, or a collapsed group, is a block in its colour, and only what has gone wrong has a sign besides: a thousand signs are a grey noise. */
export function FarContent({ level, strip, title }: FarContentProps) {
  const isBlock = level === 'block';
  if (isBlock && !isTrouble(strip.look)) return null;
  return (
    <div className={classes.outline}>
      <StripIcon strip={strip} size={isBlock ? 44 : 34} />
      {!isBlock && <span className={classes.outlineTitle}>{title}</span>}
    </div>
  );
}

const troubles: ReadonlySet<StepStrip['look']> = new Set(['failed', 'timed-out', 'lost', 'problem', 'missing', 'added', 'removed', 'edited']);
const isTrouble = (look: StepStrip['look']): boolean => troubles.has(look);
