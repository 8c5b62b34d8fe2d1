import { Page } from '../../../ui/page/page.tsx';
import { ImportArea } from '../import/import-area.tsx';
import { StartButtons } from '../pipelines/start-buttons.tsx';
import classes from '../workspace.module.css';
import { FirstSteps } from './first-steps.tsx';
import { HomeDrafts } from './home-drafts.tsx';
import { HomeGallery } from './home-gallery.tsx';
import { HomeRuns } from './home-runs.tsx';
import { SearchButton } from './search-button.tsx';

/** Where to begin, what was begun, what runs. */
export function HomePage() {
  return (
    <ImportArea>
      <Page title="Home" crumbs={[{ text: 'Home' }]} center={<SearchButton />} actions={<StartButtons />}>
        <div className={classes.home}>
          <HomeGallery />
          <div className={classes.columns}>
            <HomeDrafts />
            <HomeRuns />
          </div>
          <FirstSteps />
        </div>
      </Page>
    </ImportArea>
  );
}
