import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { fuzzyScore } from '../commands/fuzzy-score.ts';
import { SearchField } from '../filter/search-field.tsx';
import { useQueryParam } from '../page/use-query-param.ts';
import classes from './list-detail.module.css';

export interface ListItem {
  readonly id: string;
  readonly title: string;
  /** A second line, or what stands at the right. */
  readonly detail?: ReactNode;
  readonly mark: ReactNode;
  /** Items of a group stand together under its name. */
  readonly group?: string;
  readonly href: string;
  /** Besides the title, what a search looks through. */
  readonly keywords?: string;
}

interface ListDetailProps {
  /** The list's accessible name. */
  readonly label: string;
  readonly items: readonly ListItem[];
  readonly selected: string | null;
  /** Under the search. */
  readonly filters?: ReactNode;
  /** Instead of the list's rows: loading, empty, failed. */
  readonly standIn?: ReactNode;
  readonly children: ReactNode;
}

/** A list at the left with a search, what is chosen at the right. */
export function ListDetail({ label, items, selected, filters, standIn, children }: ListDetailProps) {
  const [search] = useQueryParam('search');
  const shown = items.filter((item) => fuzzyScore(search, `${item.title} ${item.keywords ?? ''}`) > 0);
  const groups = [...Map.groupBy(shown, (item) => item.group ?? '')];
  const keep = search === '' ? '' : `?search=${encodeURIComponent(search)}`;
  return (
    <>
      <nav className={classes.list} aria-label={label} data-pane tabIndex={-1}>
        <div className={classes.search}>
          <SearchField label={`Search ${label.toLowerCase()}`} />
          {filters}
        </div>
        {standIn}
        <div className={classes.rows}>
          {groups.map(([group, members]) => (
            <Fragment key={group}>
              {group !== '' && (
                <h2 className={classes.group}>
                  {group} <span className="pw-num">{members.length}</span>
                </h2>
              )}
              <ul>
                {members.map((item) => (
                  <li key={item.id}>
                    <Link
                      to={item.href.includes('?') ? item.href : `${item.href}${keep}`}
                      className={classes.row}
                      aria-current={item.id === selected || undefined}
                      data-item={item.id}
                    >
                      {item.mark}
                      <span className="pw-clip pw-grow">{item.title}</span>
                      {item.detail !== undefined && <span className={classes.rowDetail}>{item.detail}</span>}
                    </Link>
                  </li>
                ))}
              </ul>
            </Fragment>
          ))}
          {items.length > 0 && shown.length === 0 && <p className={classes.none}>Nothing answers to “{search}”.</p>}
        </div>
      </nav>
      <section className={classes.detail} aria-label="Detail" data-pane tabIndex={-1}>
        {children}
      </section>
    </>
  );
}
