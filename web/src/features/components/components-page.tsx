import { familyTitles } from '@pipewright/shared/component/family.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { IconPuzzle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { compareVersions, componentsQuery, newestComponents, titleOfComponent } from '../../api/components.ts';
import { AssetFilters, useAssetFilters } from '../../assets/asset-filters.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { FamilyTile } from '../../ui/graph/family-tile.tsx';
import { ListDetail, type ListItem } from '../../ui/list-detail/list-detail.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useQueryParam } from '../../ui/page/use-query-param.ts';
import { ComponentDetail } from './component-detail.tsx';

const familyOrder = Object.keys(familyTitles);

/** Every component that a pipeline may use. */
export function ComponentsPage() {
  const query = useQuery(componentsQuery('include'));
  const { name: asked } = useParams();
  const [version] = useQueryParam('version');
  const all = query.data ?? [];
  const filters = useAssetFilters(all);
  const newest = newestComponents(filters.shown).toSorted((a, b) => familyOrder.indexOf(familyOf(a)) - familyOrder.indexOf(familyOf(b)));
  const name = asked ?? newest[0]?.name ?? null;
  const versions = all.filter((component) => component.name === name).toSorted((a, b) => compareVersions(b, a));
  const shown = versions.find((component) => component.version === version) ?? versions.find(({ isLatest }) => isLatest) ?? versions[0];
  return (
    <Page title="Components" crumbs={[{ text: 'Components' }]} form="panes">
      <ListDetail
        label="Components"
        items={newest.map(toItem)}
        selected={name}
        filters={<AssetFilters filters={filters} />}
        standIn={query.isPending && <SkeletonRows count={14} />}
      >
        {query.isError && !query.data && (
          <ErrorState title="The components could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {shown && <ComponentDetail key={shown.reference} component={shown} versions={versions} />}
        {query.data && !shown && (
          <EmptyState
            icon={IconPuzzle}
            title={name === null ? 'No components' : `There is no component ${name}`}
            hint={name === null ? 'Register one with pipewright register component.yml.' : 'It may have been registered in another workspace.'}
          />
        )}
      </ListDetail>
    </Page>
  );
}

const familyOf = ({ component }: RegisteredComponent) => component['x-pipewright']?.family ?? 'other';

function toItem(registered: RegisteredComponent): ListItem {
  const family = familyOf(registered);
  const { name, component } = registered;
  return {
    id: name,
    title: titleOfComponent(registered),
    group: familyTitles[family],
    mark: <FamilyTile family={family} icon={component['x-pipewright']?.icon} size="sm" />,
    href: `/components/${encodeURIComponent(name)}`,
    keywords: `${name} ${component['x-pipewright']?.summary ?? ''} ${component.description ?? ''}`,
  };
}
