import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { type OutputAddress, relationsQuery } from '../api/step-runs.ts';
import { Chip } from '../ui/feedback/chip.tsx';
import { formatCount, formatValue } from '../ui/format/number.ts';
import { ColumnFilter } from './column-filter.tsx';
import { describeMissing, kindIcons } from './column-head.tsx';
import { formatCell } from './format-cell.ts';
import { Histogram } from './histogram.tsx';
import type { ColumnFacts, ColumnProfile } from './table-facts.ts';
import type { TableControl } from './use-table-view.ts';
import classes from './preview.module.css';

interface ColumnStatsProps {
  readonly column: ColumnFacts;
  readonly profile: ColumnProfile | undefined;
  readonly rowCount: number;
  readonly output: OutputAddress;
  readonly control: TableControl;
}

/** One column in depth: what it holds, by what the rows can be narrowed, and what goes with it. */
export function ColumnStats({ column, profile, rowCount, output, control }: ColumnStatsProps) {
  const Icon = kindIcons[column.kind];
  return (
    <aside className={classes.stats} aria-label={`Column ${column.name}`}>
      <div className={classes.statsHead}>
        <Icon size={16} stroke={1.8} aria-hidden />
        <h3 className="pw-clip" title={column.name}>
          {column.name}
        </h3>
        <Chip>
          <span className="pw-mono">{column.type.toLowerCase()}</span>
        </Chip>
        <ActionIcon aria-label="Close the column" onClick={() => control.choose(null)}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </div>
      {profile && <Shape profile={profile} rowCount={rowCount} control={control} />}
      {profile && (
        <dl className={classes.facts}>
          {factsOf(profile, rowCount).map(([name, value]) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      <ColumnFilter key={column.name} column={column} profile={profile} control={control} />
      {column.kind === 'number' && <Relations name={column.name} output={output} onChoose={control.choose} />}
    </aside>
  );
}

function Shape({ profile, rowCount, control }: { readonly profile: ColumnProfile; readonly rowCount: number; readonly control: TableControl }) {
  if (profile.kind !== 'number') return <FrequentValues profile={profile} rowCount={rowCount} control={control} />;
  if (profile.histogram.length === 0) return null;
  return (
    <>
      <Histogram bins={profile.histogram} className={classes.histogram} label={`Histogram of ${profile.name}`} />
      <div className={`${classes.histogramEnds} pw-num`}>
        <span>{formatCell(profile, profile.min, profile)}</span>
        <span>{formatCell(profile, profile.max, profile)}</span>
      </div>
    </>
  );
}

/** The most frequent values; a press shows the rows that have it. */
function FrequentValues({ profile, rowCount, control }: { readonly profile: ColumnProfile; readonly rowCount: number; readonly control: TableControl }) {
  const own = control.view.filters.filter((filter) => filter.column === profile.name);
  const wanted = own.flatMap((filter) => (filter.op === 'is' ? filter.values : []));
  const toggle = (value: string): void => {
    const values = wanted.includes(value) ? wanted.filter((other) => other !== value) : [...wanted, value];
    const others = own.filter((filter) => filter.op !== 'is');
    control.filterBy(profile.name, values.length === 0 ? others : [...others, { op: 'is', column: profile.name, values }]);
  };
  if (profile.histogram.length === 0) return null;
  return (
    <div className={classes.bars} role="group" aria-label="Most frequent values">
      {profile.histogram.map(({ label, count }) => (
        <button key={label} type="button" aria-pressed={wanted.includes(label)} title={`Show the rows where it is ${label}`} onClick={() => toggle(label)}>
          <span className="pw-clip">{label === '' ? '(empty text)' : label}</span>
          <i aria-hidden>
            <u style={{ width: `${rowCount === 0 ? 0 : (count / rowCount) * 100}%` }} />
          </i>
          <span className="pw-num">{formatCount(count)}</span>
        </button>
      ))}
    </div>
  );
}

function Relations({ name, output, onChoose }: { readonly name: string; readonly output: OutputAddress; readonly onChoose: (column: string) => void }) {
  const { data } = useQuery(relationsQuery(output, name));
  if (!data || data.columns.length === 0) return null;
  return (
    <section>
      <h4 className={classes.statsTitle}>Strongest correlations</h4>
      <div className={classes.bars}>
        {data.columns.map((column) => (
          <button key={column.name} type="button" title={`Look at ${column.name}`} onClick={() => onChoose(column.name)}>
            <span className="pw-clip">{column.name}</span>
            <i aria-hidden>
              <u style={{ width: `${Math.abs(column.correlation) * 100}%` }} />
            </i>
            <span className="pw-num">
              {column.correlation < 0 ? '−' : '+'}
              {Math.abs(column.correlation).toFixed(2)}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

type NamedFact = readonly [string, string];
const numberFact = (name: string, value: number | null): NamedFact[] => (value === null ? [] : [[name, formatValue(value)]]);

function factsOf(profile: ColumnProfile, rowCount: number): readonly NamedFact[] {
  const { missing, distinct, mean, min, max } = profile;
  return [
    ['Values', formatCount(rowCount - missing)],
    ['Missing', missing === 0 ? '0' : `${formatCount(missing)} (${describeMissing(missing, rowCount).replace(' missing', '')})`],
    ...(distinct === null ? [] : [['Distinct', `≈ ${formatCount(distinct)}`] as const]),
    ...numberFact('Mean', mean),
    ...numberFact('Std. deviation', profile.deviation),
    ...(min === null ? [] : [['Minimum', formatCell(profile, min, profile)] as const]),
    ...numberFact('25 %', profile.quarter),
    ...numberFact('Median', profile.median),
    ...numberFact('75 %', profile.threeQuarters),
    ...(max === null ? [] : [['Maximum', formatCell(profile, max, profile)] as const]),
    ...numberFact('Skewness', profile.skewness),
    ...(profile.zeros === null ? [] : [['Zeros', formatCount(profile.zeros)] as const]),
  ];
}
