import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import classes from './preview.module.css';

interface PlotPreviewProps {
  readonly title: string;
  readonly spec: unknown;
}

/** A Vega-Lite plot. The drawing library loads with the first one. */
export function PlotPreview({ title, spec }: PlotPreviewProps) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let isGone = false;
    let finish = (): void => {};
    setError(null);
    import('./draw-plot.ts')
      .then(({ drawPlot }) => drawPlot(element, spec))
      .then(
        (stop) => {
          if (isGone) stop();
          else finish = stop;
        },
        (failure: unknown) => {
          if (!isGone) setError(messageOf(failure));
        },
      );
    return () => {
      isGone = true;
      finish();
    };
    // The theme is read from the page while drawing, so another scheme draws anew.
  }, [spec, scheme]);
  return (
    <figure className={classes.plot}>
      {error !== null && <ErrorState title="The plot cannot be drawn" message={error} />}
      <div ref={box} role="img" aria-label={title} className={classes.plotBox} hidden={error !== null} />
    </figure>
  );
}
