import type { GalleryItem } from '@pipewright/shared/http/gallery.ts';
import { Link } from 'react-router';
import { Chip } from '../../../ui/feedback/chip.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { GraphThumbnail } from '../../../ui/graph/graph-thumbnail.tsx';
import classes from '../workspace.module.css';
import { useClone } from './use-clone.ts';

interface GalleryCardProps {
  readonly item: GalleryItem;
  /** `full`: with tags and where the data is from. */
  readonly form?: 'short' | 'full';
}

/** A pipeline to start from. *Clone* makes a draft and opens it. */
export function GalleryCard({ item, form = 'short' }: GalleryCardProps) {
  const { clone, isCloning } = useClone();
  // On home the cards stand under a heading of their own, on the gallery's page under the page's.
  const Title = form === 'full' ? 'h2' : 'h3';
  const { name, displayName, description, stepCount, duration, data, version, kind } = item;
  return (
    <article className={`pw-card ${classes.card}`} aria-label={displayName} data-gallery={name}>
      <div className={classes.drawing}>
        <GraphThumbnail thumbnail={item.thumbnail} />
      </div>
      <div className={classes.cardBody}>
        <Title className={`${classes.cardTitle} pw-clip`}>
          <Link to={`/gallery?show=${encodeURIComponent(name)}`} className={classes.cardLink}>
            {displayName}
          </Link>
        </Title>
        <p className={`${classes.cardText} pw-sm pw-t2`} data-long={form === 'full' || undefined}>
          {description}
        </p>
        {form === 'full' && (
          <>
            <div className={classes.cardTags}>
              {kind === 'published' && <Chip tone="brand">published{version !== null && ` · version ${version}`}</Chip>}
              {item.tags.map((tag) => (
                <Chip key={tag}>{tag}</Chip>
              ))}
            </div>
            {data && (
              <p className="pw-xs pw-muted">
                Data: {data.name}, {data.source}, {data.licence}
              </p>
            )}
          </>
        )}
        <div className={classes.cardFoot}>
          <span className="pw-xs pw-muted pw-num">
            {countOf(stepCount, 'step')}
            {duration !== null && ` · ${duration}`}
          </span>
          <button type="button" className={classes.cardAction} disabled={isCloning} aria-label={`Clone ${displayName}`} onClick={() => clone(name)}>
            {isCloning ? 'Cloning…' : 'Clone'}
          </button>
        </div>
      </div>
    </article>
  );
}
