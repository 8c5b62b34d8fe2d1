import type { TableFilter, TableView } from '@pipewright/shared/http/table-view.ts';
import { quote, type Column } from './column.ts';

/** Only columns that there are can be asked about: a view may be older than the table. */
export function rowsWhere(view: TableView, columns: readonly Column[], searched: readonly Column[]): string {
  const conditions = view.filters.map((filter) => {
    const column = columns.find(({ name }) => name === filter.column);
    if (!column) throw new Error(`there is no column ${filter.column}`);
    return conditionOf(filter, column);
  });
  const search = view.search?.trim() ?? '';
  if (search !== '') {
    const found = searched.map(({ name }) => `contains(lower(${quote(name)}::varchar), lower(${literal(search)}))`);
    // Of a table without columns nothing is found.
    conditions.push(`(${found.length === 0 ? 'false' : found.join(' or ')})`);
  }
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}

function conditionOf(filter: TableFilter, column: Column): string {
  const name = quote(column.name);
  switch (filter.op) {
    case 'between': {
      const parts = [
        ...(filter.from === undefined ? [] : [`${name} >= ${boundOf(filter.from, column)}`]),
        ...(filter.to === undefined ? [] : [`${name} <= ${boundOf(filter.to, column)}`]),
      ];
      return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`;
    }
    case 'is': {
      const texts = filter.values.map(literal).join(', ');
      // A number is one however it is written.
      if (column.kind === 'number') return `(${name}::double in (select try_cast(unnest([${texts}]) as double)))`;
      return `(${name}::varchar in (${texts}))`;
    }
    case 'contains':
      return `contains(lower(${name}::varchar), lower(${literal(filter.text)}))`;
    case 'missing':
      return `${name} is ${filter.isMissing ? '' : 'not '}null`;
  }
}

/** The end of a day without a time of day would leave out the day itself: it is compared as the day it is. */
function boundOf(value: number | string, { type, kind }: Column): string {
  if (kind === 'number') {
    const number = Number(value);
    if (!Number.isFinite(number)) throw new Error(`${String(value)} is no number`);
    return String(number);
  }
  return kind === 'time' ? `${literal(String(value))}::${type}` : literal(String(value));
}

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
