import { Button } from '@mantine/core';
import { IconLayoutGrid } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../../../api/api-error.ts';
import { galleryQuery } from '../../../api/gallery.ts';
import { fuzzyScore } from '../../../ui/commands/fuzzy-score.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { FilterChip } from '../../../ui/filter/filter-chip.tsx';
import { SearchField } from '../../../ui/filter/search-field.tsx';
import { Page } from '../../../ui/page/page.tsx';
import { useQueryParam, useSetQuery } from '../../../ui/page/use-query-param.ts';
import classes from '../workspace.module.css';
import { GalleryDialog } from './gallery-dialog.tsx';
import { GalleryCard } from './gallery-card.tsx';
import { GallerySkeleton } from './gallery-skeleton.tsx';

/** Samples, and the pipelines published in this workspace. */
export function GalleryPage() {
  const query = useQuery(galleryQuery());
  const setQuery = useSetQuery();
  const [search] = useQueryParam('search');
  const [tag, setTag] = useQueryParam('tag');
  const [shownItem, setShownItem] = useQueryParam('show');
  const items = query.data ?? [];
  const tags = [...new Set(items.flatMap((item) => item.tags))].toSorted();
  const shown = items.filter(
    (item) => (tag === '' || item.tags.includes(tag)) && fuzzyScore(search, `${item.displayName} ${item.description} ${item.tags.join(' ')}`) > 0,
  );

  return (
    <Page title="Gallery" crumbs={[{ text: 'Pipelines', to: '/pipelines' }, { text: 'Gallery' }]}>
      <div className={classes.filters}>
        <SearchField label="Search the gallery" />
        {tags.map((name) => (
          <FilterChip key={name} isOn={tag === name} onToggle={() => setTag(tag === name ? '' : name)}>
            {name}
          </FilterChip>
        ))}
      </div>
      {query.isPending && <GallerySkeleton count={8} />}
      {query.isError && !query.data && (
        <ErrorState title="The gallery could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      <div className={classes.cards}>
        {shown.map((item) => (
          <GalleryCard key={`${item.kind}:${item.name}`} item={item} form="full" />
        ))}
      </div>
      {query.data && shown.length === 0 && (
        <EmptyState
          icon={IconLayoutGrid}
          title={items.length === 0 ? 'The gallery is empty' : 'Nothing in the gallery answers to that'}
          hint={items.length === 0 ? 'Publish a pipeline, and it will stand here for everybody.' : 'Other words may find it.'}
          action={
            items.length > 0 && (
              <Button variant="default" onClick={() => setQuery({ search: '', tag: '' })}>
                Show everything
              </Button>
            )
          }
        />
      )}
      <GalleryDialog name={shownItem === '' ? null : shownItem} onClose={() => setShownItem('')} />
    </Page>
  );
}
