import type { Trial, Trials } from '@pipewright/shared/http/trials.ts';
import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { type Axis, axesOf } from './axes.ts';
import classes from './trials.module.css';

interface ParallelCoordinatesProps {
  readonly trials: Trials;
  /** The key of the trial that stands out. */
  readonly marked: string | null;
  /** The pointer is at the line of a trial; null: at none. */
  readonly onMark: (key: string | null) => void;
}

/** Until the panel is measured. */
const firstWidth = 400;
const height = 190;
const edge = { top: 34, bottom: 22, side: 36 } as const;

/** Each trial as a line through its values to its result; the better the stronger, the best in the colour of the brand. */
export function ParallelCoordinates({ trials, marked, onMark }: ParallelCoordinatesProps) {
  const axes = useMemo(() => axesOf(trials), [trials]);
  // As wide as its panel, so that letters keep their size.
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured === 0 ? firstWidth : measured;
  const lines = useMemo(() => linesOf(trials, axes, width), [trials, axes, width]);
  if (axes.length < 2 || lines.length === 0) return null;
  const drawn = lines.toSorted((a, b) => a.strength - b.strength);
  const standing = drawn.find(({ key }) => key === marked);
  return (
    <div ref={ref} className={classes.plot}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${lines.length} trials over ${axes.map(({ name }) => name).join(', ')}`}>
        {drawn.map(({ key, points, strength, isBest }) => (
          <polyline
            key={key}
            points={points}
            className={classes.line}
            data-best={isBest || undefined}
            style={{ opacity: marked === null ? 0.15 + 0.75 * strength : 0.12 }}
          />
        ))}
        {standing && <polyline points={standing.points} className={classes.line} data-marked />}
        {drawn.map(({ key, points }) => (
          <polyline key={key} points={points} className={classes.hit} onPointerEnter={() => onMark(key)} onPointerLeave={() => onMark(null)} />
        ))}
        {axes.map((axis, index) => (
          <g key={axis.name} transform={`translate(${placeX(index, axes.length, width)} 0)`}>
            <line y1={edge.top} y2={height - edge.bottom} className={classes.axis} />
            <text x={nameShift[ends(index, axes.length)]} y={12} className={classes.axisName} data-at={ends(index, axes.length)}>
              {axis.name}
              <title>{axis.name}</title>
            </text>
            <text y={edge.top - 6} className={classes.axisEnd}>
              {axis.top}
            </text>
            <text y={height - edge.bottom + 13} className={classes.axisEnd}>
              {axis.bottom}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The names at the ends begin and end with the drawing, so that a long one is not cut. */
const nameShift = { first: 4 - edge.side, last: edge.side - 4, middle: 0 } as const;
const ends = (index: number, count: number): keyof typeof nameShift => (index === 0 ? 'first' : index === count - 1 ? 'last' : 'middle');

interface Line {
  readonly key: string;
  readonly points: string;
  /** 1: the best. */
  readonly strength: number;
  readonly isBest: boolean;
}

const placeX = (index: number, count: number, width: number): number => edge.side + (index * (width - 2 * edge.side)) / (count - 1);
const placeY = (place: number): number => height - edge.bottom - place * (height - edge.top - edge.bottom);

function linesOf({ items, goal, best }: Trials, axes: readonly Axis[], width: number): Line[] {
  const metric = axes.at(-1);
  return items.flatMap((trial): Line[] => {
    const result = metric?.placeOf(trial) ?? null;
    if (result === null) return [];
    return [{ key: trial.key, points: pointsOf(trial, axes, width), strength: goal === 'maximize' ? result : 1 - result, isBest: trial.key === best }];
  });
}

function pointsOf(trial: Trial, axes: readonly Axis[], width: number): string {
  return axes
    .flatMap((axis, index) => {
      const place = axis.placeOf(trial);
      return place === null ? [] : [`${placeX(index, axes.length, width).toFixed(1)},${placeY(place).toFixed(1)}`];
    })
    .join(' ');
}
