import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { Button } from '@mantine/core';
import { IconCube, IconDatabase, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { assetsQuery } from '../../api/assets.ts';
import { AssetFilters, useAssetFilters } from '../../assets/asset-filters.tsx';
import { RegisterDialog } from '../../assets/register-dialog.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { PortGlyph } from '../../ui/graph/port-glyph.tsx';
import { ListDetail, type ListItem } from '../../ui/list-detail/list-detail.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useQueryParam } from '../../ui/page/use-query-param.ts';
import { AssetDetail } from './asset-detail.tsx';
import { newestFirst, newestOfEach } from './asset-versions.ts';
import { TrainedModels } from './trained-models.tsx';

const words = {
  data: {
    title: 'Data',
    icon: IconDatabase,
    none: 'No data yet',
    how: 'Register some, or give an output of a step a name: it stands here after the run.',
    register: 'Register data',
    kind: 'data',
  },
  models: {
    title: 'Models',
    icon: IconCube,
    none: 'No models yet',
    how: 'Register one, or give the model output of a training step a name: it stands here after the run.',
    register: 'Register a model',
    kind: 'model',
  },
} as const;

export const DataPage = () => <AssetsPage noun="data" />;
export const ModelsPage = () => <AssetsPage noun="models" />;

/** Named, versioned things of one kind. */
function AssetsPage({ noun }: { readonly noun: 'data' | 'models' }) {
  const query = useQuery(assetsQuery(noun, 'include'));
  const { name: asked } = useParams();
  const [version] = useQueryParam('version');
  const navigate = useNavigate();
  const [isRegistering, setIsRegistering] = useState(false);
  const { title, icon, none, how, register, kind } = words[noun];
  const all = query.data ?? [];
  const filters = useAssetFilters(all);
  const newest = newestOfEach(filters.shown);
  const name = asked ?? newest[0]?.name ?? null;
  const versions = newestFirst(all.filter((asset) => asset.name === name));
  const shown = versions.find((asset) => asset.version === version) ?? versions.find(({ isLatest }) => isLatest) ?? versions[0];
  useCommands('register-asset', [{ id: 'assets.register', title: `${register}…`, group: title, run: () => setIsRegistering(true) }]);
  const action = (
    <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setIsRegistering(true)}>
      {register}
    </Button>
  );
  return (
    <Page title={title} crumbs={[{ text: title }]} form="panes" actions={action}>
      <ListDetail
        label={title}
        items={newest.map((asset) => toItem(asset, noun))}
        selected={name}
        filters={<AssetFilters filters={filters} />}
        standIn={query.isPending && <SkeletonRows count={10} />}
      >
        {query.isError && !query.data && (
          <ErrorState title={`${title} could not be read`} message={messageOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {shown && <AssetDetail key={`${shown.name}:${shown.version}`} asset={shown} versions={versions} noun={noun} />}
        {query.data && !shown && (
          <EmptyState
            icon={icon}
            title={name === null ? none : `There is nothing called ${name}`}
            hint={name === null ? how : 'Nothing was registered under this name.'}
          />
        )}
        {noun === 'models' && asked === undefined && <TrainedModels named={all} />}
      </ListDetail>
      <RegisterDialog
        source={isRegistering ? { from: 'person', kind } : null}
        onClose={() => setIsRegistering(false)}
        onRegistered={({ kind: of, name: registered, version: its }) =>
          void navigate(`/${of === 'model' ? 'models' : 'data'}/${encodeURIComponent(registered)}?version=${encodeURIComponent(its)}`)
        }
      />
    </Page>
  );
}

const sourceTitles = { 'built-in': 'Samples', run: 'From runs', registered: 'Registered' } as const satisfies Record<Asset['source'], string>;

function toItem(asset: Asset, noun: 'data' | 'models'): ListItem {
  const { name, source, type, version, archivedAt, displayName, description, tags } = asset;
  return {
    id: name,
    title: displayName ?? name,
    group: sourceTitles[source],
    mark: <PortGlyph type={DataType.parse(type)} />,
    detail: <span className="pw-num">{archivedAt === null ? version : `${version} · archived`}</span>,
    href: `/${noun}/${encodeURIComponent(name)}`,
    keywords: [name, description, ...Object.entries(tags).flat()].join(' '),
  };
}
