import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { IconCube, IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { type AssetKind, assetsQuery } from '../../api/assets.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { PortGlyph } from '../../ui/graph/port-glyph.tsx';
import { ListDetail, type ListItem } from '../../ui/list-detail/list-detail.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useQueryParam } from '../../ui/page/use-query-param.ts';
import { AssetDetail } from './asset-detail.tsx';
import { newestFirst, newestOfEach } from './asset-versions.ts';

const words = {
  data: {
    title: 'Data',
    icon: IconDatabase,
    none: 'No data yet',
    how: 'Register some with pipewright register data, or give an output of a step a name: it stands here after the run.',
  },
  models: {
    title: 'Models',
    icon: IconCube,
    none: 'No models yet',
    how: 'Give the model output of a training step a name: it stands here after the run.',
  },
} as const;

export const DataPage = () => <AssetsPage kind="data" />;
export const ModelsPage = () => <AssetsPage kind="models" />;

/** Named, versioned things of one kind. */
function AssetsPage({ kind }: { readonly kind: AssetKind }) {
  const query = useQuery(assetsQuery(kind));
  const { name: asked } = useParams();
  const [version] = useQueryParam('version');
  const { title, icon, none, how } = words[kind];
  const all = query.data ?? [];
  const newest = newestOfEach(all);
  const name = asked ?? newest[0]?.name ?? null;
  const versions = newestFirst(all.filter((asset) => asset.name === name));
  const shown = versions.find((asset) => asset.version === version) ?? versions[0];
  return (
    <Page title={title} crumbs={[{ text: title }]} form="panes">
      <ListDetail label={title} items={newest.map((asset) => toItem(asset, kind))} selected={name} standIn={query.isPending && <SkeletonRows count={10} />}>
        {query.isError && !query.data && (
          <ErrorState title={`${title} could not be read`} message={messageOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {shown && <AssetDetail key={`${shown.name}:${shown.version}`} asset={shown} versions={versions} kind={kind} />}
        {query.data && !shown && (
          <EmptyState
            icon={icon}
            title={name === null ? none : `There is nothing called ${name}`}
            hint={name === null ? how : 'It may have been deleted with the run that made it.'}
          />
        )}
      </ListDetail>
    </Page>
  );
}

const sourceTitles = { 'built-in': 'Samples', run: 'From runs', registered: 'Registered' } as const satisfies Record<Asset['source'], string>;

function toItem(asset: Asset, kind: AssetKind): ListItem {
  return {
    id: asset.name,
    title: asset.name,
    group: sourceTitles[asset.source],
    mark: <PortGlyph type={DataType.parse(asset.type)} />,
    detail: <span className="pw-num">{asset.version}</span>,
    href: `/${kind}/${encodeURIComponent(asset.name)}`,
    keywords: asset.description,
  };
}
