import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { KeyHint } from '../../../ui/commands/key-hint.tsx';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { usePreferences } from '../../../ui/preferences.ts';
import { addAssetAsInput, giveAsset } from '../canvas/asset-actions.ts';
import { listUses, plainUse, type Use, type UseGroup } from '../model/quick-list.ts';
import { titleOf } from '../model/search-components.ts';
import { ComponentCard } from '../palette/component-card.tsx';
import { rememberComponent, useRecentComponents } from '../palette/recent-components.ts';
import { useComponentLibrary } from '../palette/use-component-library.ts';
import { useNamedAssets } from '../palette/use-named-assets.ts';
import { joinFrames } from '../paper/join-frames.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { assetGroups, assetItemId, type RegisteredBytes } from './asset-items.tsx';
import { newStepGroup, newStepId } from './new-step-item.tsx';
import { pipelineChoices, pipelineGroup } from './pipeline-choices.tsx';
import { type Purpose, purposeOf, type QuickAddOverlay } from './quick-add-purpose.ts';
import { type MenuGroup, SearchMenu } from './search-menu.tsx';
import { UseRow } from './use-row.tsx';
import classes from './overlays.module.css';

/**
 * Components at the pointer: by name, or only those that a dropped wire, or an edge, can take. Registered data and models
 * are found with them: for the input that the wire comes from, else as inputs of the pipeline.
 */
export function QuickAdd({ overlay }: { readonly overlay: QuickAddOverlay }) {
  const editor = useEditor();
  const { components, isLoading } = useComponentLibrary();
  const recent = useRecentComponents();
  const pinned = usePreferences((state) => state.pinnedComponents);
  const [query, setQuery] = useState(overlay.query ?? '');
  const purpose = useMemo(() => purposeOf(editor, overlay), [editor, overlay]);
  const usesOf = useMemo(() => rememberUses(purpose), [purpose]);
  const fitting = useMemo(() => components.filter((item) => usesOf(item).length > 0).length, [components, usesOf]);
  const registered = useRegistered(purpose);
  const ofPipeline = useMemo(() => (purpose.wire ? pipelineChoices(editor, purpose.wire) : []), [editor, purpose]);
  const list = useMemo(() => {
    const fits = query.trim() === '' ? components.filter((item) => usesOf(item).length > 0) : components;
    return listUses({ query, usesOf, components: fits, pinned, recent });
  }, [components, pinned, query, recent, usesOf]);
  const groups = useMemo(
    (): MenuGroup[] => [
      ...list.groups.map((group) => toMenuGroup(group, { pinned, isSole: list.groups.length === 1, isWired: purpose.title !== null })),
      ...pipelineGroup(ofPipeline, query),
      ...(query === '' && purpose.input === null ? [] : assetGroups(registered, query)),
      ...newStepGroup(query),
    ],
    [list, ofPipeline, pinned, purpose, query, registered],
  );
  const useOf = (id: string): Use | undefined => list.groups.flatMap(({ uses }) => uses).find((use) => use.id === id);
  const close = (): void => editor.store.getState().open(null);
  const choose = (id: string): void => {
    const use = useOf(id);
    if (id === newStepId) return editor.store.getState().open({ kind: 'new-step', from: overlay });
    close();
    if (use) return putStep(editor, purpose, use);
    const asset = [...registered.data, ...registered.models].find((candidate) => assetItemId(candidate) === id);
    if (asset && purpose.input) giveAsset(editor, asset, purpose.input);
    else if (asset) addAssetAsInput(editor, asset);
    ofPipeline.find((choice) => choice.id === id)?.choose();
  };
  const handleKey = (event: KeyboardEvent, active: string | null): boolean => {
    if (!event.altKey || event.code !== 'KeyP' || active === null) return false;
    const use = useOf(active);
    if (use) pin(use.item);
    return true;
  };
  return (
    <SearchMenu
      label="Add a step"
      placeholder={`Search ${fitting} components`}
      at={overlay.at}
      head={purpose.title === null ? undefined : <div className={classes.menuHead}>{purpose.title}</div>}
      groups={groups}
      query={query}
      onQuery={setQuery}
      onChoose={choose}
      onClose={close}
      onKey={handleKey}
      aside={(id) => aboutUse(useOf(id))}
      isLoading={isLoading}
      nothing={isLoading ? 'The components are being read.' : query === '' ? 'Nothing fits here.' : `Nothing answers to “${query}”.`}
      foot={<Foot left={list.left} />}
    />
  );
}

function Foot({ left }: { readonly left: number }) {
  return (
    <>
      <span>
        <KeyHint keys="Enter" /> add
      </span>
      <span>
        <KeyHint keys="Alt+P" /> pin
      </span>
      {left > 0 && <span>{left.toLocaleString('en')} more: type to find them</span>}
    </>
  );
}

const aboutUse = (use: Use | undefined) => use && <ComponentCard item={use.item} wired={use.ports} />;

const titles = { pinned: 'Pinned', recent: 'Recent', unfit: 'Does not fit: added unconnected' } as const;

interface GroupScope {
  readonly pinned: readonly string[];
  readonly isSole: boolean;
  readonly isWired: boolean;
}

function toMenuGroup({ kind, uses }: UseGroup, { pinned, isSole, isWired }: GroupScope): MenuGroup {
  const rest = isSole ? null : isWired ? 'All that fit' : 'All components';
  return {
    title: kind === 'rest' ? rest : titles[kind],
    items: uses.map((use) => ({ id: use.id, content: <UseRow use={use} isPinned={pinned.includes(use.item.name)} /> })),
  };
}

function pin(item: RegisteredComponent): void {
  const { togglePin } = usePreferences.getState();
  togglePin(item.name);
  const isPinned = usePreferences.getState().pinnedComponents.includes(item.name);
  announce(`${titleOf(item)} is ${isPinned ? 'pinned' : 'not pinned any more'}`);
}

/** One entry of the history, with the wire that it was opened for. */
function putStep(editor: Editor, purpose: Purpose, use: Use): void {
  const { store } = editor;
  const title = titleOf(use.item);
  const { ops, key } = purpose.add(use);
  if (!store.getState().edit(joinFrames(editor, ops), { label: `Add ${title}` }).ok) return;
  store.getState().select({ steps: [key] });
  rememberComponent(use.item.reference);
  announce(use.via === null ? `${title} added` : `${title} added, connected ${use.via}`);
}

/** Types are compared once for each component, not at every letter. */
function rememberUses({ usesOf, title }: Purpose): Purpose['usesOf'] {
  if (title === null) return (item) => [plainUse(item)];
  const known = new WeakMap<RegisteredComponent, readonly Use[]>();
  return (item) => {
    const uses = known.get(item) ?? usesOf(item);
    known.set(item, uses);
    return uses;
  };
}

function useRegistered({ mayBe }: Purpose): RegisteredBytes {
  const [data, models] = [useNamedAssets('data'), useNamedAssets('models')];
  return useMemo(() => ({ data: data.assets.filter(mayBe), models: models.assets.filter(mayBe) }), [data.assets, models.assets, mayBe]);
}
