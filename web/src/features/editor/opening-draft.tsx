import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useIsNarrow } from '../../ui/panels/use-is-narrow.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { inspectorWidth, paletteStripWidth, paletteWidth } from './panel-widths.ts';
import classes from './designer.module.css';

const crumbs = [{ text: 'Pipelines', to: '/pipelines', isMinor: true }, { text: '…' }];

/** The page while its draft is on the way: every part where it will be, and as wide as its person has made it. */
export function OpeningDraft() {
  const isNarrow = useIsNarrow();
  return (
    <Page title="Pipeline" form="panes" crumbs={crumbs}>
      <div className={classes.designer} aria-busy="true">
        <div className={classes.work}>
          <OpeningSide name="palette" width={paletteWidth} strip={isNarrow ? paletteStripWidth : null} rows={12} />
          <div className={classes.openingCanvas} />
          <OpeningSide name="inspector" width={inspectorWidth} strip={null} rows={6} />
        </div>
        <div className={classes.openingBar} />
      </div>
    </Page>
  );
}

interface OpeningSideProps {
  readonly name: 'palette' | 'inspector';
  readonly width: number;
  readonly strip: number | null;
  readonly rows: number;
}

function OpeningSide({ name, width, strip, rows }: OpeningSideProps) {
  const size = usePreferences((state) => state.panelSizes[name] ?? width);
  const isCollapsed = usePreferences((state) => state.collapsedPanels[name] ?? false);
  const isWide = !isCollapsed && strip === null;
  return (
    <div className={classes.openingSide} data-collapsed={isCollapsed || undefined} style={isCollapsed ? {} : { width: strip ?? size }}>
      {isWide && <SkeletonRows count={rows} height={name === 'palette' ? 28 : 34} />}
    </div>
  );
}
