import { componentReferenceOf } from '@pipewright/shared/pipeline/step.ts';
import { useMemo, useState } from 'react';
import type { Point } from '../../../canvas/geometry.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { searchComponents, titleOf } from '../model/search-components.ts';
import { SearchMenu } from '../overlays/search-menu.tsx';
import { PortRow } from '../palette/port-row.tsx';
import { useComponentLibrary } from '../palette/use-component-library.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectStep } from '../store/selectors.ts';
import classes from '../overlays/overlays.module.css';

const mostShown = 60;

/** The component that a step is to use from now on. */
export function ChooseComponent({ step, at }: { readonly step: string; readonly at: Point }) {
  const { store } = useEditor();
  const { components } = useComponentLibrary();
  const title = useDerived((derived) => derived.views.get(step)?.title ?? step);
  const value = useEditorState(selectStep(step));
  const [query, setQuery] = useState('');
  const others = useMemo(() => components.filter(({ reference }) => !value || reference !== componentReferenceOf(value)), [components, value]);
  const items = useMemo(
    () =>
      searchComponents(others, query)
        .slice(0, mostShown)
        .map((item) => {
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
        }),
    [others, query],
  );
  return (
    <SearchMenu
      label={`Replace ${title} by`}
      placeholder={`Search ${others.length} components`}
      at={at}
      head={<div className={classes.menuHead}>Replace {title} by…</div>}
      groups={[{ title: null, items }]}
      query={query}
      onQuery={setQuery}
      onChoose={(reference) => store.getState().open({ kind: 'nesting', dialog: { kind: 'replace', step, reference } })}
      onClose={() => store.getState().open(null)}
      nothing={`Nothing answers to “${query}”.`}
    />
  );
}
