import { IconArrowForwardUp, IconCircleFilled, IconFlag, type TablerIcon } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { subjectOf } from '../model/describe-entry.ts';
import type { HistoryEntry, Journey } from '../model/travel.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './history.module.css';

/** Every edit of this window that can be taken back or done again, newest first; a press goes there. */
export function EditsTab() {
  const { store } = useEditor();
  const undoEntries = useEditorState((state) => state.undoEntries);
  const redoEntries = useEditorState((state) => state.redoEntries);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const list = useRef<HTMLOListElement>(null);
  useKeepPresentInView(list, undoEntries.length);
  const go = (journey: Journey): void => {
    const count = store.getState().travel(journey);
    const present = store.getState().undoEntries.at(-1)?.label ?? 'the beginning';
    if (count > 0) announce(`${journey.direction === 'back' ? 'Took back' : 'Did again'} ${countOf(count, 'edit')}: now at ${present}`);
  };
  const rows = rowsOf(undoEntries, redoEntries);
  return (
    <div className={classes.scroll}>
      <ol ref={list} className={classes.edits} aria-label="Edits, newest first" onKeyDown={walk}>
        {rows.map(({ entry, standing, journey }, index) => (
          // By its place from the beginning, so that the row that is pressed, and has the keyboard, stays the same.
          <EditRow key={rows.length - index} entry={entry} standing={standing} isDisabled={isReadOnly} onGo={() => go(journey)} />
        ))}
        <li>
          <button
            type="button"
            className={classes.edit}
            data-standing={undoEntries.length === 0 ? 'present' : 'past'}
            aria-current={undoEntries.length === 0 ? 'step' : undefined}
            disabled={isReadOnly}
            onClick={() => go({ direction: 'back', left: 0 })}
          >
            <IconFlag size={14} stroke={1.8} aria-hidden />
            <span className={classes.label}>The beginning of this history</span>
            {undoEntries.length === 0 && <span className={classes.now}>Now</span>}
            <span className={classes.about}>The last 200 edits made in this browser can be taken back.</span>
          </button>
        </li>
      </ol>
    </div>
  );
}

interface Row {
  readonly entry: HistoryEntry;
  readonly standing: 'past' | 'present' | 'ahead';
  /** Which leads there. */
  readonly journey: Journey;
}

/** Newest first. */
function rowsOf(undoEntries: readonly HistoryEntry[], redoEntries: readonly HistoryEntry[]): Row[] {
  const ahead = redoEntries.map((entry, left): Row => ({ entry, standing: 'ahead', journey: { direction: 'forth', left } }));
  const done = undoEntries.map((entry, index): Row => {
    const isPresent = index === undoEntries.length - 1;
    return { entry, standing: isPresent ? 'present' : 'past', journey: { direction: 'back', left: index + 1 } };
  });
  return [...ahead, ...done.toReversed()];
}

interface EditRowProps extends Pick<Row, 'entry' | 'standing'> {
  readonly isDisabled: boolean;
  readonly onGo: () => void;
}

const icons = { past: null, present: IconCircleFilled, ahead: IconArrowForwardUp } as const satisfies Record<EditRowProps['standing'], TablerIcon | null>;

function EditRow({ entry, standing, isDisabled, onGo }: EditRowProps) {
  const views = useDerived((derived) => derived.views);
  const subject = subjectOf(entry.ops, (step) => views.get(step)?.title ?? step);
  const Icon = icons[standing];
  return (
    <li>
      <button
        type="button"
        className={classes.edit}
        data-standing={standing}
        aria-current={standing === 'present' ? 'step' : undefined}
        disabled={isDisabled}
        onClick={onGo}
      >
        {Icon ? <Icon size={standing === 'present' ? 10 : 14} stroke={1.8} aria-hidden /> : <i className={classes.dot} />}
        <span className={classes.label} title={entry.label}>
          {entry.label}
        </span>
        {standing === 'present' && <span className={classes.now}>Now</span>}
        {standing === 'ahead' && <span className="pw-hidden">, taken back</span>}
        <span className={classes.about}>
          {subject !== '' && !entry.label.includes(subject) && <span className="pw-clip">{subject}</span>}
          {entry.at !== null && <RelativeTime at={new Date(entry.at).toISOString()} />}
        </span>
      </button>
    </li>
  );
}

/** Arrows, Home and End go from row to row; Enter is the press of a button. */
function walk(event: KeyboardEvent<HTMLOListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus();
}

/** The present moves as one works; the keyboard begins there when the panel opens. */
function useKeepPresentInView(list: RefObject<HTMLOListElement | null>, present: number): void {
  const isOpening = useRef(true);
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-current]');
    row?.scrollIntoView({ block: 'nearest' });
    if (isOpening.current) row?.focus({ preventScroll: true });
    isOpening.current = false;
  }, [list, present]);
}
