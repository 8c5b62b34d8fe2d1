import type { Asset } from '@pipewright/shared/asset/asset.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { useMemo, useState } from 'react';
import type { PortView } from '../../../canvas/step-view.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { addAssetAsInput, giveAsset } from '../canvas/asset-actions.ts';
import { type AddedStep, addStep, addStepToWire, fittingPort, insertIntoEdge } from '../model/add-step.ts';
import type { DataInput } from '../model/data-values.ts';
import { freePlace } from '../model/free-place.ts';
import { mayBeGiven } from '../model/registered-data.ts';
import { searchComponents, titleOf } from '../model/search-components.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { PortRow } from '../palette/port-row.tsx';
import { rememberComponent, useRecentComponents } from '../palette/recent-components.ts';
import { useComponentLibrary } from '../palette/use-component-library.ts';
import { useNamedAssets } from '../palette/use-named-assets.ts';
import type { Editor } from '../store/editor-context.tsx';
import { useEditor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { assetGroups, assetItemId, type RegisteredBytes } from './asset-items.tsx';
import { type MenuGroup, SearchMenu } from './search-menu.tsx';
import classes from './overlays.module.css';

type QuickAddOverlay = Extract<Overlay, { kind: 'quick-add' }>;

const mostShown = 60;

/**
 * Components at the pointer: by name, or only those that a dropped wire, or an edge, can take. Registered data and models
 * are found with them: for the input that the wire comes from, else as inputs of the pipeline.
 */
export function QuickAdd({ overlay }: { readonly overlay: QuickAddOverlay }) {
  const editor = useEditor();
  const { components, isLoading } = useComponentLibrary();
  const recent = useRecentComponents();
  const [query, setQuery] = useState(overlay.query ?? '');
  const purpose = useMemo(() => purposeOf(editor, overlay), [editor, overlay]);
  const fitting = useMemo(() => components.filter((item) => purpose.fits(item)), [components, purpose]);
  const registered = useRegistered(purpose);
  const groups = useMemo((): MenuGroup[] => {
    const found = searchComponents(fitting, query).slice(0, mostShown);
    const named = query === '' && purpose.input === null ? [] : assetGroups(registered, query);
    if (query !== '') return [{ title: null, items: found.map(toItem) }, ...named].filter((group) => group.items.length > 0);
    const first = recent.flatMap((reference) => fitting.find((item) => item.reference === reference) ?? []);
    const rest = found.filter((item) => !first.includes(item));
    return [{ title: 'Recent', items: first.map(toItem) }, { title: first.length > 0 ? 'All components' : null, items: rest.map(toItem) }, ...named].filter(
      (group) => group.items.length > 0,
    );
  }, [fitting, query, recent, registered, purpose]);
  const close = (): void => editor.store.getState().open(null);
  const choose = (reference: string): void => {
    const item = components.find((candidate) => candidate.reference === reference);
    close();
    const asset = [...registered.data, ...registered.models].find((candidate) => assetItemId(candidate) === reference);
    if (asset && purpose.input) giveAsset(editor, asset, purpose.input);
    else if (asset) addAssetAsInput(editor, asset);
    if (!item) return;
    const added = purpose.add(item);
    if (!added) return;
    const { edit, select } = editor.store.getState();
    if (!edit(added.ops, { label: `Add ${titleOf(item)}` }).ok) return;
    select({ steps: [added.key] });
    rememberComponent(reference);
    announce(`${titleOf(item)} added`);
  };
  return (
    <SearchMenu
      label="Add a step"
      placeholder={`Search ${fitting.length} components`}
      at={overlay.at}
      head={purpose.title === null ? undefined : <div className={classes.menuHead}>{purpose.title}</div>}
      groups={groups}
      query={query}
      onQuery={setQuery}
      onChoose={choose}
      onClose={close}
      isLoading={isLoading}
      nothing={isLoading ? 'The components are being read.' : query === '' ? 'Nothing fits here.' : `Nothing answers to “${query}”.`}
    />
  );
}

function toItem(item: RegisteredComponent) {
  const extension = item.component['x-pipewright'];
  return {
    id: item.reference,
    content: (
      <>
        <FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} size="sm" />
        <span className={classes.menuText}>
          <span>{titleOf(item)}</span>
          {extension?.summary !== undefined && <small>{extension.summary}</small>}
        </span>
        <PortRow component={item.component} />
      </>
    ),
  };
}

interface Purpose {
  readonly title: string | null;
  readonly fits: (item: RegisteredComponent) => boolean;
  readonly add: (item: RegisteredComponent) => AddedStep | null;
  /** Whether registered data, or a model, may stand where the component would. */
  readonly mayBe: (asset: Asset) => boolean;
  /** The input that gets it; null: it becomes one of the pipeline. */
  readonly input: DataInput | null;
}

function useRegistered({ mayBe }: Purpose): RegisteredBytes {
  const [data, models] = [useNamedAssets('data'), useNamedAssets('models')];
  return useMemo(() => ({ data: data.assets.filter(mayBe), models: models.assets.filter(mayBe) }), [data.assets, models.assets, mayBe]);
}

/** Why the list was opened decides what is in it and what choosing does. */
function purposeOf({ store, derived }: Editor, { place, wire, edge }: QuickAddOverlay): Purpose {
  const { content } = store.getState();
  const { views, flow } = derived.getState();
  const found = edge === null ? undefined : flow.edges.find(({ id }) => id === edge)?.data?.edge;
  const portOf = (step: string, side: 'inputs' | 'outputs', port: string): PortView | undefined => views.get(step)?.[side].find(({ name }) => name === port);
  if (found) {
    const output = portOf(found.from.step, 'outputs', found.from.output);
    const input = portOf(found.to.step, 'inputs', found.to.input);
    if (output && input) {
      return {
        title: 'Between two steps',
        fits: ({ component }) => fittingPort(component, output) !== null && fittingPort(component, input) !== null,
        add: ({ reference, component }) => insertIntoEdge(content, found, { reference, component, ends: { output, input } }),
        mayBe: () => false,
        input: null,
      };
    }
  }
  const view = wire && portOf(wire.step, wire.side, wire.port);
  if (wire && view) {
    // The new step's port comes under the pointer, or above it when the wire goes up.
    const corner = { x: place.x - 120, y: wire.side === 'outputs' ? place.y : place.y - 68 };
    return {
      title: wire.side === 'outputs' ? `Takes ${view.type ?? 'it'}` : `Gives ${view.type ?? 'it'}`,
      fits: ({ component }) => fittingPort(component, view) !== null,
      add: ({ reference, component }) =>
        addStepToWire(content, { reference, component, place: freePlace(Object.values(positionsOf(content)), corner) }, { ...wire, view }),
      mayBe: (asset) => wire.side === 'inputs' && mayBeGiven(asset, view),
      input: wire.side === 'inputs' ? { step: wire.step, input: wire.port } : null,
    };
  }
  return {
    title: null,
    fits: () => true,
    add: (item) => addStep(content, item, freePlace(Object.values(positionsOf(content)), { x: place.x, y: place.y })),
    mayBe: () => true,
    input: null,
  };
}
