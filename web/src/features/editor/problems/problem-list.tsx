import { type KeyboardEvent, useRef, useState } from 'react';
import { type Listed, type ProblemGroup, stepOfRow } from '../model/listed-problems.ts';
import { ProblemRow, type Pointing } from './problem-row.tsx';
import classes from './problems.module.css';

interface ProblemListProps extends Pointing {
  readonly groups: readonly ProblemGroup[];
  readonly shown: readonly Listed[];
  /** What a row calls its step; null where the group does. */
  readonly titleOf: ((step: string) => string) | null;
}

/** The rows under their headings; the list is one stop of Tab, and arrows go through it. */
export function ProblemList({ groups, shown, titleOf, onGo, onPoint }: ProblemListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const first = groups[0]?.rows[0]?.id;
  const entry = stop !== null && shown.some(({ id }) => id === stop) ? stop : first;
  const handleKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-problem-row]') ?? [])];
    const at = buttons.findIndex((button) => button.closest('li')?.contains(document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[Math.min(buttons.length - 1, Math.max(0, to))]?.focus();
  };
  const point = (row: Listed | null): void => {
    if (row && list.current?.contains(document.activeElement)) setStop(row.id);
    onPoint(row);
  };
  return (
    <div className={classes.list} ref={list} onKeyDown={handleKeyDown}>
      {groups.map(({ key, title, rows }) => (
        <section key={key} aria-label={title}>
          <h4 className={classes.group}>
            {title} <span>{rows.length}</span>
          </h4>
          <ul>
            {rows.map((row) => {
              const step = stepOfRow(row);
              return (
                <ProblemRow
                  key={row.id}
                  row={row}
                  stepTitle={titleOf && step !== undefined ? titleOf(step) : undefined}
                  isStop={row.id === entry}
                  onGo={onGo}
                  onPoint={point}
                />
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
