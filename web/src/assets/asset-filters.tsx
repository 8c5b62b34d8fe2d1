import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { Select } from '@mantine/core';
import { FilterChip } from '../ui/filter/filter-chip.tsx';
import { useQueryParam } from '../ui/page/use-query-param.ts';
import { writeTag } from './tags.ts';
import classes from './assets.module.css';

interface Filters<T> {
  readonly shown: readonly T[];
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly type: string;
  readonly tag: string;
  readonly isArchivedShown: boolean;
  readonly hasArchived: boolean;
  readonly setType: (type: string) => void;
  readonly setTag: (tag: string) => void;
  readonly setArchivedShown: (isShown: boolean) => void;
}

type Filtered = Pick<Asset, 'type' | 'tags' | 'archivedAt'>;

/** Narrows a list by type and tag, and leaves out what is archived unless it is asked for; kept in the address. */
export function useAssetFilters<T extends Filtered>(assets: readonly T[]): Filters<T> {
  const [type, setType] = useQueryParam('type');
  const [tag, setTag] = useQueryParam('tag');
  const [archived, setArchived] = useQueryParam('archived');
  const isArchivedShown = archived === 'shown';
  const shown = assets.filter(
    (asset) =>
      (isArchivedShown || asset.archivedAt === null) &&
      (type === '' || asset.type === type) &&
      (tag === '' || Object.entries(asset.tags).map(writeTag).includes(tag)),
  );
  return {
    shown,
    types: [...new Set(assets.flatMap((asset) => asset.type ?? []))].toSorted(),
    tags: [...new Set(assets.flatMap((asset) => Object.entries(asset.tags).map(writeTag)))].toSorted(),
    type,
    tag,
    isArchivedShown,
    hasArchived: assets.some(({ archivedAt }) => archivedAt !== null),
    setType,
    setTag,
    setArchivedShown: (isShown) => setArchived(isShown ? 'shown' : ''),
  };
}

/** What stands under the search of a list. Only what narrows something is there. */
export function AssetFilters<T extends Filtered>({ filters }: { readonly filters: Filters<T> }) {
  const { types, tags, type, tag, setType, setTag, isArchivedShown, setArchivedShown, hasArchived } = filters;
  if (types.length < 2 && tags.length === 0 && !hasArchived) return null;
  return (
    <div className={classes.filters}>
      {types.length > 1 && <Choice label="Type" all="Any type" values={types} value={type} onChange={setType} />}
      {tags.length > 0 && <Choice label="Tag" all="Any tag" values={tags} value={tag} onChange={setTag} />}
      {hasArchived && (
        <FilterChip isOn={isArchivedShown} onToggle={() => setArchivedShown(!isArchivedShown)}>
          Archived
        </FilterChip>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly values: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Choice({ label, all, values, value, onChange }: ChoiceProps) {
  return (
    <Select
      size="xs"
      aria-label={label}
      data={[{ value: '', label: all }, ...values.map((text) => ({ value: text, label: text }))]}
      value={value}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  );
}
