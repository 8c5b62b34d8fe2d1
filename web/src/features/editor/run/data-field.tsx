import type { Asset } from '@pipewright/shared/asset/asset.ts';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { Autocomplete, type ComboboxParsedItem } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { describeVersion, dataTypeOf, mayBeGiven, pathOf, searchAssets } from '../model/registered-data.ts';
import { useNamedAssets } from '../palette/use-named-assets.ts';
import classes from './run.module.css';

interface DataFieldProps {
  readonly name: string;
  readonly label: ReactNode;
  readonly type: PortType;
  readonly value: string;
  readonly placeholder: string;
  readonly note: ReactNode;
  readonly onChange: (path: string) => void;
}

/** Data for one run: a path or an address that is typed, or what is registered and fits, by name. */
export function DataField({ name, label, type, value, placeholder, note, onChange }: DataFieldProps) {
  const { groups, byPath, search } = useFitting(type);
  // What stands there when the field is entered is no search: all that fits is offered.
  const [found, setFound] = useState<string | null>(null);
  return (
    <Autocomplete
      label={label}
      aria-label={name}
      value={value}
      placeholder={placeholder}
      data={groups}
      filter={({ options }) => (found === null ? options : onlyOf(options, search(found)))}
      renderOption={({ option }) => <Registered asset={byPath.get(option.value)} />}
      maxDropdownHeight={260}
      onFocus={() => setFound(null)}
      onChange={(text) => {
        setFound(byPath.has(text) ? null : text);
        onChange(text);
      }}
      rightSection={note}
      rightSectionWidth={92}
      rightSectionPointerEvents="none"
    />
  );
}

function useFitting(type: PortType) {
  const [data, models] = [useNamedAssets('data').assets, useNamedAssets('models').assets];
  return useMemo(() => {
    const fitting = (assets: readonly Asset[]): Asset[] => assets.filter((asset) => mayBeGiven(asset, { type }));
    const pathTo = (asset: Asset): string => pathOf(asset, type);
    const both = [
      { group: 'Registered data', assets: fitting(data) },
      { group: 'Registered models', assets: fitting(models) },
    ];
    const all = both.flatMap(({ assets }) => assets);
    return {
      groups: both.flatMap(({ group, assets }) => (assets.length === 0 ? [] : [{ group, items: assets.map(pathTo) }])),
      byPath: new Map(all.map((asset) => [pathTo(asset), asset])),
      search: (query: string): ReadonlySet<string> => new Set(searchAssets(all, query).map(pathTo)),
    };
  }, [data, models, type]);
}

function onlyOf(options: ComboboxParsedItem[], paths: ReadonlySet<string>): ComboboxParsedItem[] {
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return paths.has(option.value) ? [option] : [];
    const items = option.items.filter((item) => paths.has(typeof item === 'string' ? item : item.value));
    return items.length === 0 ? [] : [{ ...option, items }];
  });
}

function Registered({ asset }: { readonly asset: Asset | undefined }) {
  return (
    asset && (
      <span className={classes.registered}>
        <span className="pw-clip">{asset.name}</span>
        <span className="pw-muted pw-sm">
          {describeVersion(asset)} · {dataTypeOf(asset)}
        </span>
      </span>
    )
  );
}
