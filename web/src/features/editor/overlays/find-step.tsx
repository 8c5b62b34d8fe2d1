import { useMemo, useState } from 'react';
import type { StepView } from '../../../canvas/step-view.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { searchBy } from '../model/search-by.ts';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { SearchMenu } from './search-menu.tsx';
import classes from './overlays.module.css';

/** A step by its name, key or component; choosing selects it and brings it into view. */
export function FindStep({ overlay }: { readonly overlay: Extract<Overlay, { kind: 'find' }> }) {
  const { store } = useEditor();
  const views = useDerived((derived) => derived.views);
  const [query, setQuery] = useState('');
  const items = useMemo(
    () =>
      searchBy([...views.values()], query, wordsOf).map((view) => ({
        id: view.key,
        content: (
          <>
            <FamilyTile family={view.family} icon={view.icon} size="sm" />
            <span className={classes.menuText}>
              <span>{view.title}</span>
              <small>{view.subtitle}</small>
            </span>
            <span className="pw-mono pw-muted">{view.key}</span>
          </>
        ),
      })),
    [views, query],
  );
  const close = (): void => store.getState().open(null);
  return (
    <SearchMenu
      label="Find a step"
      placeholder={`Search ${views.size} steps`}
      at={overlay.at}
      groups={[{ title: null, items }]}
      query={query}
      onQuery={setQuery}
      onChoose={(step) => {
        close();
        store.getState().select({ steps: [step] });
      }}
      onClose={close}
      nothing={query === '' ? 'The pipeline has no steps yet.' : `No step answers to “${query}”.`}
    />
  );
}

const wordsOf = ({ title, key, subtitle }: StepView) => ({ title, words: `${key} ${subtitle}` });
