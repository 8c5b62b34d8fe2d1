import { lazy, Suspense } from 'react';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import classes from './yaml.module.css';

/** The editor, the reader and the writer of YAML load when they are first looked at. */
const YamlPane = lazy(async () => ({ default: (await import('./yaml-pane.tsx')).YamlPane }));

/** The document as a file, to be read and written: what is typed here is the pipeline as soon as it can be read. */
export function YamlView() {
  return (
    <section className={classes.view} aria-label="YAML" data-pane tabIndex={-1}>
      <Suspense
        fallback={
          <div className={classes.waiting} aria-busy="true">
            <SkeletonRows count={8} height={18} />
          </div>
        }
      >
        <YamlPane />
      </Suspense>
    </section>
  );
}
