import { type ReactNode, useEffect, useState } from 'react';
import classes from './feedback.module.css';

const patienceMs = 200;

/** Shows nothing for 200 ms, so that what is quick never flickers; then its children, in a place that was theirs from the start. */
export function AfterPause({ children }: { readonly children: ReactNode }) {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return <div className={isLate ? classes.shown : classes.unseen}>{children}</div>;
}

interface SkeletonProps {
  readonly width?: number | string;
  readonly height?: number | string;
  readonly radius?: number;
}

export function Skeleton({ width = '100%', height = 12, radius = 4 }: SkeletonProps) {
  return <span className={classes.skeleton} style={{ width, height, borderRadius: radius }} aria-hidden />;
}

/** Rows in the geometry of the table or list that comes. */
export function SkeletonRows({ count, height = 32 }: { readonly count: number; readonly height?: number }) {
  return (
    <AfterPause>
      <div role="status" aria-busy="true" aria-label="Loading">
        {Array.from({ length: count }, (_, index) => (
          <div key={index} className={classes.skeletonRow} style={{ height }}>
            <Skeleton width={16} height={16} radius={8} />
            <Skeleton width={`${38 + ((index * 17) % 30)}%`} />
            <Skeleton width={48} />
          </div>
        ))}
      </div>
    </AfterPause>
  );
}
