import { IconLayoutGrid } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { galleryQuery } from '../../../api/gallery.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Heading } from '../../../ui/page/heading.tsx';
import { GalleryCard } from '../gallery/gallery-card.tsx';
import { GallerySkeleton } from '../gallery/gallery-skeleton.tsx';
import classes from '../workspace.module.css';

const shownCount = 4;

export function HomeGallery() {
  const query = useQuery(galleryQuery());
  const items = query.data ?? [];
  return (
    <section aria-label="Gallery">
      <Heading
        title="Start from the gallery"
        beside={<span className="pw-sm pw-muted pw-clip">They run as they are, with sample data included</span>}
        end={
          items.length > 0 && (
            <Link to="/gallery" className="pw-link pw-sm">
              All {items.length} in the gallery
            </Link>
          )
        }
      />
      {query.isPending && <GallerySkeleton count={shownCount} />}
      {query.isError && !query.data && (
        <div className="pw-card">
          <ErrorState form="row" title="The gallery could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data && items.length === 0 && (
        <div className="pw-card">
          <EmptyState form="row" icon={IconLayoutGrid} title="The gallery is empty" hint="Publish a pipeline, and it will stand here." />
        </div>
      )}
      <div className={classes.gallery} data-count={Math.min(items.length, shownCount)}>
        {items.slice(0, shownCount).map((item) => (
          <GalleryCard key={`${item.kind}:${item.name}`} item={item} />
        ))}
      </div>
    </section>
  );
}
