import type { TableFilter } from '@pipewright/shared/http/table-view.ts';

/** *price from 5000 to 9000*, *make is bmw or audi*. */
export function describeFilter(filter: TableFilter): string {
  switch (filter.op) {
    case 'between': {
      const from = filter.from === undefined ? '' : ` from ${filter.from}`;
      return `${filter.column}${from}${filter.to === undefined ? '' : ` to ${filter.to}`}`;
    }
    case 'is':
      return `${filter.column} is ${filter.values.join(' or ')}`;
    case 'contains':
      return `${filter.column} contains “${filter.text}”`;
    case 'missing':
      return `${filter.column} is ${filter.isMissing ? 'missing' : 'there'}`;
  }
}
