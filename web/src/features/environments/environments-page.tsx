import type { EnvironmentBuild, RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { IconAlertOctagonFilled, IconCircleCheckFilled, IconCircleDashed, IconPackage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { environmentsQuery } from '../../api/environments.ts';
import { AssetFilters, useAssetFilters } from '../../assets/asset-filters.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { ListDetail, type ListItem } from '../../ui/list-detail/list-detail.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useQueryParam } from '../../ui/page/use-query-param.ts';
import { EnvironmentDetail } from './environment-detail.tsx';
import { NewEnvironmentButton } from './environment-dialog.tsx';
import { buildWords } from './build-words.ts';
import classes from './environments.module.css';

/** A build says nothing over the socket: while one is under way it is asked for at this pace. */
const askEveryMs = 2000;

/** The environments that steps may name, each with how its build stands. */
export function EnvironmentsPage() {
  const query = useQuery({
    ...environmentsQuery('include'),
    refetchInterval: ({ state }) => (state.data?.some((environment) => environment.build?.status === 'building') ? askEveryMs : false),
  });
  const { name: asked } = useParams();
  const [version] = useQueryParam('version');
  const all = query.data ?? [];
  const filters = useAssetFilters(all);
  const listed = [...new Map(filters.shown.toReversed().map((environment) => [environment.name, environment])).values()].toSorted((a, b) =>
    a.name.localeCompare(b.name),
  );
  const name = asked ?? listed[0]?.name ?? null;
  const versions = all.filter((environment) => environment.name === name);
  const shown = versions.find((environment) => environment.version === version) ?? versions.find(({ isLatest }) => isLatest) ?? versions[0];
  return (
    <Page title="Environments" crumbs={[{ text: 'Environments' }]} form="panes" actions={<NewEnvironmentButton />}>
      <ListDetail
        label="Environments"
        items={listed.map(toItem)}
        selected={name}
        filters={<AssetFilters filters={filters} />}
        standIn={query.isPending && <SkeletonRows count={8} />}
      >
        {query.isError && !query.data && (
          <ErrorState title="The environments could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {shown && <EnvironmentDetail key={`${shown.name}:${shown.version}`} environment={shown} versions={versions} />}
        {query.data && !shown && (
          <EmptyState
            icon={IconPackage}
            title={name === null ? 'No environments' : `There is no environment ${name}`}
            hint="An environment is a Python version and packages. It is built once, when a step first needs it, and reused."
          />
        )}
      </ListDetail>
    </Page>
  );
}

function toItem({ name, source, build, definition }: RegisteredEnvironment): ListItem {
  return {
    id: name,
    title: name,
    group: source === 'built-in' ? 'Built in' : 'Registered',
    mark: <BuildMark build={build} />,
    detail: build ? buildWords[build.status] : 'Not built',
    href: `/environments/${encodeURIComponent(name)}`,
    keywords: definition.description ?? '',
  };
}

function BuildMark({ build }: { readonly build: EnvironmentBuild | null }) {
  if (build?.status === 'ready') return <IconCircleCheckFilled size={14} className={classes.ready} aria-hidden />;
  if (build?.status === 'failed') return <IconAlertOctagonFilled size={14} className={classes.failed} aria-hidden />;
  if (build?.status === 'building') return <IconPackage size={14} stroke={2} className={classes.building} aria-hidden />;
  return <IconCircleDashed size={14} stroke={2} className={classes.unbuilt} aria-hidden />;
}
