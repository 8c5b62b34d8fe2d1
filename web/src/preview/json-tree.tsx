import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { countOf } from '../ui/format/number.ts';
import classes from './text.module.css';

/** So many entries of a list or an object are drawn at once. */
const entriesAtOnce = 100;
/** What lies this deep is open at first, where it is not much. */
const openTo = 2;
const muchFrom = 40;

/** A JSON document that can be opened part by part. */
export function JsonTree({ value }: { readonly value: unknown }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={classes.tree} tabIndex={0} role="region" aria-label="JSON">
      <Entry name={null} value={value} depth={0} />
    </div>
  );
}

interface EntryProps {
  /** Its key, or its place in a list; null for the whole. */
  readonly name: string | null;
  readonly value: unknown;
  readonly depth: number;
}

function Entry({ name, value, depth }: EntryProps) {
  const entries = entriesOf(value);
  const [isOpen, setIsOpen] = useState(depth === 0 || (depth < openTo && (entries?.length ?? 0) <= muchFrom));
  const [shown, setShown] = useState(entriesAtOnce);
  const label = name === null ? null : <span className={classes.key}>{name}</span>;
  if (!entries) {
    return (
      <div className={classes.entry} data-leaf>
        {label}
        <Value value={value} />
      </div>
    );
  }
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <div className={classes.entry}>
        <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <Chevron size={14} stroke={1.8} aria-hidden />
          {label}
          <span className={classes.note}>{Array.isArray(value) ? countOf(entries.length, 'item') : countOf(entries.length, 'key')}</span>
        </button>
      </div>
      {isOpen && entries.length > 0 && (
        <ul>
          {entries.slice(0, shown).map(([key, child]) => (
            <li key={key}>
              <Entry name={key} value={child} depth={depth + 1} />
            </li>
          ))}
          {entries.length > shown && (
            <li>
              <button type="button" className={`pw-link ${classes.link}`} onClick={() => setShown(shown + entriesAtOnce * 5)}>
                {countOf(entries.length - shown, 'more entry', 'more entries')}
              </button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] | null =>
  value !== null && typeof value === 'object' ? Object.entries(value) : null;

function Value({ value }: { readonly value: unknown }) {
  const kind = value === null ? 'null' : typeof value;
  return (
    <span className={classes.value} data-kind={kind}>
      {JSON.stringify(value)}
    </span>
  );
}
