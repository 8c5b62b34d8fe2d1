import type { TableFilter } from '@pipewright/shared/http/table-view.ts';
import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ColumnFacts, ColumnProfile } from './table-facts.ts';
import type { TableControl } from './use-table-view.ts';
import classes from './table-tools.module.css';

interface ColumnFilterProps {
  readonly column: ColumnFacts;
  readonly profile: ColumnProfile | undefined;
  readonly control: TableControl;
}

type Presence = 'any' | 'there' | 'missing';
const presences = [
  { value: 'any', label: 'Any' },
  { value: 'there', label: 'Present' },
  { value: 'missing', label: 'Missing' },
] as const satisfies readonly { readonly value: Presence; readonly label: string }[];

/** Narrows the rows by one column: an interval of numbers and times, a part of a text, what is missing. */
export function ColumnFilter({ column, profile, control }: ColumnFilterProps) {
  const { name, kind } = column;
  const own = control.view.filters.filter((filter) => filter.column === name);
  const put = (op: TableFilter['op'], filter: TableFilter | null): void => {
    control.filterBy(name, [...own.filter((other) => other.op !== op), ...(filter ? [filter] : [])]);
  };
  const between = own.find((filter) => filter.op === 'between');
  const contains = own.find((filter) => filter.op === 'contains');
  const missing = own.find((filter) => filter.op === 'missing');
  const setBound = (end: 'from' | 'to', text: string): void => {
    const bound = text === '' ? undefined : kind === 'number' ? Number(text) : text;
    const [from, to] = end === 'from' ? [bound, between?.to] : [between?.from, bound];
    const isEmpty = from === undefined && to === undefined;
    put('between', isEmpty ? null : { op: 'between', column: name, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
  };
  const presence: Presence = missing ? (missing.isMissing ? 'missing' : 'there') : 'any';
  return (
    <fieldset className={classes.filter} data-column-filter>
      <legend>Show rows</legend>
      {(kind === 'number' || kind === 'time') && (
        <div className={classes.bounds}>
          <CommittedField label="from" kind={kind} value={between?.from} placeholder={boundText(profile?.min)} onCommit={(text) => setBound('from', text)} />
          <CommittedField label="to" kind={kind} value={between?.to} placeholder={boundText(profile?.max)} onCommit={(text) => setBound('to', text)} />
        </div>
      )}
      {(kind === 'text' || kind === 'other') && (
        <CommittedField
          label="contains"
          kind={kind}
          value={contains?.text}
          placeholder="a part of the text"
          onCommit={(text) => put('contains', text === '' ? null : { op: 'contains', column: name, text })}
        />
      )}
      <SegmentedControl<Presence>
        aria-label="Values that are missing"
        data={[...presences]}
        value={presence}
        onChange={(value) => put('missing', value === 'any' ? null : { op: 'missing', column: name, isMissing: value === 'missing' })}
      />
    </fieldset>
  );
}

const boundText = (value: ColumnProfile['min'] | undefined): string => (value === null || value === undefined ? '' : String(value));

interface CommittedFieldProps {
  readonly label: string;
  readonly kind: ColumnFacts['kind'];
  readonly value: string | number | undefined;
  readonly placeholder: string;
  readonly onCommit: (text: string) => void;
}

/** Counts on Enter and on leaving; Escape takes back what was typed. */
function CommittedField({ label, kind, value, placeholder, onCommit }: CommittedFieldProps) {
  const known = value === undefined ? '' : String(value);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? known;
  const isWrong = kind === 'number' && text !== '' && !Number.isFinite(Number(text));
  const commit = (): void => {
    if (typed === null || isWrong) return;
    setTyped(null);
    if (typed !== known) onCommit(typed.trim());
  };
  return (
    <TextInput
      size="xs"
      label={label}
      value={text}
      placeholder={placeholder}
      error={isWrong ? 'a number' : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape' && typed !== null) {
          event.stopPropagation();
          setTyped(null);
        }
      }}
    />
  );
}
