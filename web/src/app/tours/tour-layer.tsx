import { Button, CloseButton, Portal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useQueryParam } from '../../ui/page/use-query-param.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { placeCard } from './place-card.ts';
import { type Tour, tours } from './tours.ts';
import { useAreaOf, useOnAppearing } from './use-tour-target.ts';
import classes from './tours.module.css';

/** The tour that the address names, over the page. */
export function TourLayer() {
  const [id, setId] = useQueryParam('tour');
  const tour = tours.find((candidate) => candidate.id === id);
  return tour ? <RunningTour key={tour.id} tour={tour} onEnd={() => setId('')} /> : null;
}

interface RunningTourProps {
  readonly tour: Tour;
  readonly onEnd: () => void;
}

/** One step at a time: what to do, beside where. It goes on when that is done, or by its buttons; the page stays in reach. */
function RunningTour({ tour, onEnd }: RunningTourProps) {
  const [at, setAt] = useState(0);
  const takeFirstStep = usePreferences((state) => state.takeFirstStep);
  const step = tour.steps[at];
  const isLast = at === tour.steps.length - 1;
  const area = useAreaOf(step?.target ?? null);
  const card = useRef<HTMLElement>(null);
  const [size, setSize] = useState({ width: 320, height: 160 });
  useLayoutEffect(() => {
    if (card.current) setSize({ width: card.current.offsetWidth, height: card.current.offsetHeight });
  }, [at]);
  useEffect(() => card.current?.focus(), []);
  const goOn = (): void => {
    if (!isLast) return setAt(at + 1);
    takeFirstStep(`tour ${tour.id}`);
    onEnd();
  };
  useOnAppearing(step?.until, goOn);
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onEnd();
  };
  if (!step) return null;
  const place = placeCard(area, size, { width: window.innerWidth, height: window.innerHeight });
  return (
    <Portal>
      {area && <div className={classes.ring} style={{ ...area }} aria-hidden />}
      <section
        ref={card}
        className={classes.card}
        style={{ translate: `${place.left}px ${place.top}px` }}
        role="dialog"
        aria-label={`Tour: ${tour.title}`}
        data-pane
        tabIndex={-1}
        onKeyDown={handleKeyDown}
      >
        <header className="pw-row">
          <span className="pw-xs pw-muted pw-num pw-grow">
            {tour.title} · {at + 1} of {tour.steps.length}
          </span>
          <CloseButton size="sm" aria-label="End the tour" onClick={onEnd} />
        </header>
        <div aria-live="polite">
          <h2>{step.title}</h2>
          <p>{step.text}</p>
        </div>
        <footer className={classes.foot}>
          {at > 0 && (
            <Button size="xs" variant="default" onClick={() => setAt(at - 1)}>
              Back
            </Button>
          )}
          <Button size="xs" onClick={goOn}>
            {isLast ? 'Done' : step.until === undefined ? 'Next' : 'Skip'}
          </Button>
        </footer>
      </section>
    </Portal>
  );
}
