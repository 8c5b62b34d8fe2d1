import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import classes from './preview.module.css';

interface PlotPreviewProps {
  readonly title: string;
  readonly spec: unknown;
}

/** A Vega-Lite plot. Its colours are read from the page while it is drawn, so another scheme draws it anew. */
export function PlotPreview(props: PlotPreviewProps) {
  return <Plot key={useComputedColorScheme('light')} {...props} />;
}

function Plot({ title, spec }: PlotPreviewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let isGone = false;
    let finish = (): void => {};
    // The drawing library loads with the first plot.
    const draw = async (): Promise<void> => {
      const { drawPlot } = await import('./draw-plot.ts');
      const stop = await drawPlot(element, spec);
      if (isGone) stop();
      else finish = stop;
    };
    draw().catch((failure: unknown) => {
      if (!isGone) setError(messageOf(failure));
    });
    return () => {
      isGone = true;
      finish();
    };
  }, [spec]);
  return (
    <figure className={classes.plot}>
      {error !== null && <ErrorState title="The plot cannot be drawn" message={error} />}
      <div ref={box} role="img" aria-label={title} className={classes.plotBox} hidden={error !== null} />
    </figure>
  );
}
