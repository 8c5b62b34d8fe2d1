import { type TableFilter, type TableView, wholeTable } from '@pipewright/shared/http/table-view.ts';
import { useMemo, useState } from 'react';

export type TableTab = 'table' | 'columns' | 'chart';

/** How somebody looks at a table: nothing of it is kept when the preview closes. */
export interface TableControl {
  readonly view: TableView;
  readonly tab: TableTab;
  /** The column that is looked at in depth. */
  readonly chosen: string | null;
  readonly hidden: ReadonlySet<string>;
  readonly setTab: (tab: TableTab) => void;
  readonly choose: (column: string | null) => void;
  readonly sortBy: (sort: TableView['sort']) => void;
  /** The filters of a column are replaced by these. */
  readonly filterBy: (column: string, filters: readonly TableFilter[]) => void;
  readonly dropFilters: () => void;
  readonly search: (text: string) => void;
  readonly nameColumns: (text: string) => void;
  readonly setHidden: (columns: ReadonlySet<string>) => void;
}

const nothing: ReadonlySet<string> = new Set();

export function useTableView(): TableControl {
  const [view, setView] = useState<TableView>(wholeTable);
  const [tab, setTab] = useState<TableTab>('table');
  const [chosen, choose] = useState<string | null>(null);
  const [hidden, setHidden] = useState(nothing);
  return useMemo(
    () => ({
      view,
      tab,
      chosen,
      hidden,
      setTab,
      choose,
      setHidden,
      sortBy: (sort) => setView((before) => settled(before, { ...before, sort })),
      filterBy: (column, filters) =>
        setView((before) => settled(before, { ...before, filters: [...before.filters.filter((filter) => filter.column !== column), ...filters] })),
      dropFilters: () => setView((before) => settled(before, { ...before, filters: [], search: undefined })),
      search: (search) => setView((before) => settled(before, { ...before, search: search.trim() })),
      nameColumns: (columnsLike) => setView((before) => settled(before, { ...before, columnsLike: columnsLike.trim() })),
    }),
    [view, tab, chosen, hidden],
  );
}

/** Without what narrows nothing, and the same object for the same rows: what is asked of the server is known by it. */
function settled(before: TableView, { sort, filters, search = '', columnsLike = '' }: Loose): TableView {
  const view: TableView = { filters, ...(sort ? { sort } : {}), ...(search === '' ? {} : { search }), ...(columnsLike === '' ? {} : { columnsLike }) };
  if (JSON.stringify(view) === JSON.stringify(wholeTable)) return wholeTable;
  return JSON.stringify(view) === JSON.stringify(before) ? before : view;
}

type Loose = Pick<TableView, 'filters'> & { readonly [K in 'sort' | 'search' | 'columnsLike']?: TableView[K] | undefined };
