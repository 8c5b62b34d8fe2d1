import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { RegisterDialog } from '../../../assets/register-dialog.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { dropAsset } from '../canvas/asset-actions.ts';
import { dataTypeOf, searchAssets } from '../model/registered-data.ts';
import { useEditor } from '../store/editor-context.tsx';
import { AssetItem } from './asset-item.tsx';
import { DragGhost, useDragToCanvas } from './drag-to-canvas.tsx';
import { useNamedAssets } from './use-named-assets.ts';
import { usePaletteSearch, walkItems } from './use-palette-search.ts';
import classes from './palette.module.css';

const words = {
  data: { search: 'Search data', register: 'Register data', kind: 'data', none: 'No data has a name yet. Register some with +, or an output of a run.' },
  models: {
    search: 'Search models',
    register: 'Register a model',
    kind: 'model',
    none: 'No model has a name yet. Register one with +, or the output of a training step.',
  },
} as const;

interface AssetListProps {
  readonly noun: 'data' | 'models';
}

/** Data or models that have a name: dragged onto an input, a step or the paper, or given by a press. */
export function AssetList({ noun }: AssetListProps) {
  const editor = useEditor();
  const { assets, isLoading, error, retry } = useNamedAssets(noun);
  const [isRegistering, setIsRegistering] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const search = usePaletteSearch(list, isLoading);
  const found = useMemo(() => searchAssets(assets, search.query), [assets, search.query]);
  const drop = useCallback((asset: Asset, at: { readonly x: number; readonly y: number }) => dropAsset(editor, asset, at), [editor]);
  const hold = useCallback((asset: Asset | null) => editor.store.getState().holdAsset(asset), [editor]);
  const drag = useDragToCanvas<Asset>({ drop, hold });
  const give = useCallback(
    (asset: Asset, row: Element) => {
      const { right, top } = row.getBoundingClientRect();
      editor.store.getState().open({ kind: 'give-asset', at: { x: right + 8, y: top }, asset, step: null });
    },
    [editor],
  );
  const { search: placeholder, register, kind, none } = words[noun];
  return (
    <>
      <div className={classes.search} data-pair>
        <TextInput
          size="xs"
          type="search"
          placeholder={placeholder}
          aria-label={placeholder}
          leftSection={<IconSearch size={15} stroke={1.8} />}
          value={search.query}
          onChange={(event) => search.setQuery(event.currentTarget.value)}
          onKeyDown={search.onKeyDown}
          onBlur={search.onBlur}
        />
        <Tooltip label={`${register}…`}>
          <ActionIcon variant="default" size="md" aria-label={register} onClick={() => setIsRegistering(true)}>
            <IconPlus size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys walk through the buttons in it */}
      <div className={classes.list} ref={list} onKeyDown={walkItems}>
        {isLoading && <SkeletonRows count={6} height={28} />}
        {error !== null && <ErrorState title="What is registered could not be read." message={messageOf(error)} onRetry={retry} />}
        {found.length > 0 && (
          <ul aria-label={noun === 'data' ? 'Registered data' : 'Registered models'}>
            {found.map((asset) => (
              <AssetItem key={asset.name} asset={asset} onGive={give} onPointerDown={drag.begin} />
            ))}
          </ul>
        )}
        {!isLoading && error === null && found.length === 0 && (
          <p className={classes.nothing}>{search.isSearching ? `Nothing registered answers to “${search.query}”.` : none}</p>
        )}
      </div>
      <p className={classes.foot}>Drag onto an input, or press Enter</p>
      {drag.ghost && (
        <DragGhost {...drag.ghost}>
          <PortGlyph type={dataTypeOf(drag.ghost.item)} />
          <b>{drag.ghost.item.name}</b>
        </DragGhost>
      )}
      <RegisterDialog source={isRegistering ? { from: 'person', kind } : null} onClose={() => setIsRegistering(false)} />
    </>
  );
}
