import { familyTitles, type Family } from '@pipewright/shared/component/family.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { Select, TextInput } from '@mantine/core';
import { IconChevronRight, IconClock, IconSearch, IconStar } from '@tabler/icons-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { messageOf } from '../../../api/api-error.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { searchComponents, titleOf } from '../model/search-components.ts';
import { NewStepButton } from '../new-step/new-step-button.tsx';
import { ReplaceTarget, useDropToReplace } from '../nesting/use-drop-to-replace.tsx';
import { ComponentItem } from './component-item.tsx';
import { DragGhost, useDragToCanvas } from './drag-to-canvas.tsx';
import { anyType, hasPort, typeChoices } from './filter-by-port.ts';
import { useRecentComponents } from './recent-components.ts';
import { useAddFromPalette } from './use-add-from-palette.ts';
import { useComponentLibrary } from './use-component-library.ts';
import { usePaletteSearch, walkItems } from './use-palette-search.ts';
import classes from './palette.module.css';

/** The components to build from: searched, by family, dragged or added with a press. */
export function ComponentList() {
  const library = useComponentLibrary();
  const list = useRef<HTMLDivElement>(null);
  const search = usePaletteSearch(list, library.isLoading);
  const { query, setQuery, isSearching } = search;
  const [takes, setTakes] = useState(anyType);
  const [gives, setGives] = useState(anyType);
  const recent = useRecentComponents();
  const add = useAddFromPalette();
  const replace = useDropToReplace(add.at);
  const drag = useDragToCanvas({ ...replace, over: add.over });
  const fitting = useMemo(
    () => library.components.filter(({ component }) => hasPort(component.inputs, takes) && hasPort(component.outputs, gives)),
    [library.components, takes, gives],
  );
  const item = (component: RegisteredComponent) => <ComponentItem key={component.reference} item={component} onAdd={add.beside} onPointerDown={drag.begin} />;

  return (
    <>
      <div className={classes.search}>
        <TextInput
          size="xs"
          type="search"
          placeholder={`Search ${library.components.length} components`}
          aria-label="Search components"
          leftSection={<IconSearch size={15} stroke={1.8} />}
          rightSection={<CommandKeys of="editor.add" />}
          rightSectionWidth={40}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={search.onKeyDown}
          onBlur={search.onBlur}
        />
        <div className={classes.filters}>
          <Select size="xs" aria-label="What it takes" data={typeChoices('input')} value={takes} onChange={(value) => setTakes(value ?? anyType)} />
          <Select size="xs" aria-label="What it gives" data={typeChoices('output')} value={gives} onChange={(value) => setGives(value ?? anyType)} />
        </div>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys walk through the buttons in it */}
      <div className={classes.list} ref={list} onKeyDown={walkItems}>
        {library.isLoading && <SkeletonRows count={10} height={28} />}
        {library.error !== null && <ErrorState title="The components could not be read." message={messageOf(library.error)} onRetry={library.retry} />}
        {isSearching ? (
          !library.isLoading && <Results items={searchComponents(fitting, query)} query={query} render={item} />
        ) : (
          <Families components={fitting} recent={recent} render={item} />
        )}
      </div>
      <p className={classes.foot}>Drag onto the canvas, or press Enter</p>
      <NewStepButton />
      {replace.target && <ReplaceTarget target={replace.target} />}
      {drag.ghost && (
        <DragGhost {...drag.ghost}>
          <FamilyTile {...tileOf(drag.ghost.item)} />
          <b>{titleOf(drag.ghost.item)}</b>
        </DragGhost>
      )}
    </>
  );
}

function tileOf({ component }: RegisteredComponent) {
  const extension = component['x-pipewright'];
  return { family: extension?.family ?? 'other', icon: extension?.icon } as const;
}

type Render = (item: RegisteredComponent) => ReactNode;

function Results({ items, query, render }: { readonly items: readonly RegisteredComponent[]; readonly query: string; readonly render: Render }) {
  if (items.length === 0) return <p className={classes.nothing}>No component answers to “{query}”.</p>;
  return <ul aria-label="Found components">{items.map(render)}</ul>;
}

interface FamiliesProps {
  readonly components: readonly RegisteredComponent[];
  readonly recent: readonly string[];
  readonly render: Render;
}

const families = Object.keys(familyTitles) as Family[]; // The keys of a record over Family.

function Families({ components, recent, render }: FamiliesProps) {
  const byFamily = useMemo(() => Map.groupBy(components, ({ component }) => component['x-pipewright']?.family ?? 'other'), [components]);
  const remembered = recent.flatMap((reference) => components.find((item) => item.reference === reference) ?? []);
  const pinned = usePreferences((state) => state.pinnedComponents).flatMap((name) => components.find((item) => item.name === name) ?? []);
  return (
    <>
      {pinned.length > 0 && (
        <section>
          <h3 className={classes.family}>
            <IconStar size={14} stroke={1.8} aria-hidden />
            Pinned
          </h3>
          <ul aria-label="Pinned components">{pinned.map(render)}</ul>
        </section>
      )}
      {remembered.length > 0 && (
        <section>
          <h3 className={classes.family}>
            <IconClock size={14} stroke={1.8} aria-hidden />
            Recent
          </h3>
          <ul aria-label="Recent components">{remembered.map(render)}</ul>
        </section>
      )}
      {families.map((family) => {
        const items = byFamily.get(family) ?? [];
        return items.length > 0 && <FamilySection key={family} family={family} items={items} render={render} />;
      })}
    </>
  );
}

interface FamilySectionProps {
  readonly family: Family;
  readonly items: readonly RegisteredComponent[];
  readonly render: Render;
}

const shownAtFirst = 8;

function FamilySection({ family, items, render }: FamilySectionProps) {
  const [isOpen, setIsOpen] = useState(true);
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? items : items.slice(0, shownAtFirst);
  return (
    <section>
      <h3>
        <button type="button" className={classes.family} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <IconChevronRight size={14} stroke={1.8} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
          <FamilyTile family={family} size="sm" />
          {familyTitles[family]}
          <span className={classes.count}>{items.length}</span>
        </button>
      </h3>
      {isOpen && <ul aria-label={familyTitles[family]}>{shown.map(render)}</ul>}
      {isOpen && items.length > shown.length && (
        <button type="button" className={classes.more} onClick={() => setIsWhole(true)}>
          Show {items.length - shown.length} more
        </button>
      )}
    </section>
  );
}
