import { AfterPause, Skeleton } from '../../../ui/feedback/skeletons.tsx';
import classes from '../workspace.module.css';

/** Cards in the geometry of the ones that come. */
export function GallerySkeleton({ count }: { readonly count: number }) {
  return (
    <AfterPause>
      <div className={count <= 4 ? classes.gallery : classes.cards} data-count={count} role="status" aria-busy="true" aria-label="Loading">
        {Array.from({ length: count }, (_, index) => (
          <div key={index} className={`pw-card ${classes.card}`}>
            <div className={classes.drawing} />
            <div className={classes.cardBody}>
              <Skeleton width="52%" height={13} />
              <div className={classes.cardText}>
                <Skeleton width="90%" height={10} />
              </div>
              <Skeleton width={90} height={10} />
            </div>
          </div>
        ))}
      </div>
    </AfterPause>
  );
}
