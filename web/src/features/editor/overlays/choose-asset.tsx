import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { useMemo, useState } from 'react';
import { giveAsset } from '../canvas/asset-actions.ts';
import { describeInput } from '../canvas/describe-input.ts';
import { mayBeGiven, type Taking } from '../model/registered-data.ts';
import { useNamedAssets } from '../palette/use-named-assets.ts';
import { useEditor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { assetGroups, assetItemId } from './asset-items.tsx';
import { SearchMenu } from './search-menu.tsx';
import classes from './overlays.module.css';

type ChooseOverlay = Extract<Overlay, { kind: 'choose-asset' }>;

/** Registered data and models that an input takes, by name. */
export function ChooseAsset({ overlay }: { readonly overlay: ChooseOverlay }) {
  const editor = useEditor();
  const [query, setQuery] = useState('');
  const { label, takes } = useMemo(() => describeInput(editor, overlay.input), [editor, overlay.input]);
  const [data, models] = [useNamedAssets('data'), useNamedAssets('models')];
  const fitting = useMemo(
    () => ({ data: data.assets.filter((asset) => mayBeGiven(asset, takes)), models: models.assets.filter((asset) => mayBeGiven(asset, takes)) }),
    [data.assets, models.assets, takes],
  );
  const close = (): void => editor.store.getState().open(null);
  const isLoading = data.isLoading || models.isLoading;
  return (
    <SearchMenu
      label={`Registered data for ${label}`}
      placeholder={`Search ${fitting.data.length + fitting.models.length} that fit`}
      at={overlay.at}
      head={
        <div className={classes.menuHead}>
          Give <b>{label}</b> registered data or a model
        </div>
      }
      groups={assetGroups(fitting, query)}
      query={query}
      onQuery={setQuery}
      onChoose={(id) => {
        close();
        const asset = [...fitting.data, ...fitting.models].find((candidate) => assetItemId(candidate) === id);
        if (asset) giveAsset(editor, asset, overlay.input);
      }}
      onClose={close}
      nothing={isLoading ? 'Reading what is registered…' : saysNothing([...data.assets, ...models.assets], query, takes)}
    />
  );
}

function saysNothing(assets: readonly Asset[], query: string, { type }: Taking): string {
  if (assets.length === 0) return 'Nothing is registered yet: register data on the page Data, or an output of a run.';
  return query === '' ? `Nothing that is registered can be given to ${type ?? 'this input'}.` : `Nothing registered answers to “${query}”.`;
}
