import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { draftsQuery } from '../../../api/drafts.ts';
import { pipelinesQuery } from '../../../api/pipelines.ts';
import { SearchField } from '../../../ui/filter/search-field.tsx';
import { Page } from '../../../ui/page/page.tsx';
import { useQueryParam } from '../../../ui/page/use-query-param.ts';
import { ImportArea } from '../import/import-area.tsx';
import classes from '../workspace.module.css';
import { DraftsList } from './drafts-list.tsx';
import { PublishedList } from './published-list.tsx';
import { StartButtons } from './start-buttons.tsx';

/** Everything one can open or run: drafts, and what was published. */
export function PipelinesPage() {
  const [show, setShow] = useQueryParam('show');
  const [search] = useQueryParam('search');
  const shown = show === 'published' ? 'published' : 'drafts';
  const draftCount = useQuery(draftsQuery()).data?.length;
  const publishedCount = useQuery(pipelinesQuery()).data?.length;
  return (
    <ImportArea>
      <Page title="Pipelines" crumbs={[{ text: 'Pipelines' }]} actions={<StartButtons />}>
        <div className={classes.filters}>
          <SegmentedControl
            aria-label="What to show"
            value={shown}
            onChange={(value) => setShow(value === 'published' ? value : '')}
            data={[
              { value: 'drafts', label: withCount('Drafts', draftCount) },
              { value: 'published', label: withCount('Published', publishedCount) },
            ]}
          />
          <SearchField label="Search by name" />
          <Link to="/gallery" className="pw-link pw-sm" style={{ marginLeft: 'auto' }}>
            Gallery
          </Link>
        </div>
        {shown === 'drafts' ? <DraftsList search={search} /> : <PublishedList search={search} />}
      </Page>
    </ImportArea>
  );
}

function withCount(label: string, count: number | undefined) {
  return (
    <span className="pw-num">
      {label} {count !== undefined && <span className="pw-muted">{count}</span>}
    </span>
  );
}
