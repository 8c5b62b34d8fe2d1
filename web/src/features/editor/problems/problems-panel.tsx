import { useCallback, useState } from 'react';
import { countOf } from '../../../ui/format/number.ts';
import { PanelEdge } from '../../../ui/panels/panel-edge.tsx';
import { usePreferences } from '../../../ui/preferences.ts';
import { filterProblems, type Grouping, groupProblems, type Listed, type ProblemFilter } from '../model/listed-problems.ts';
import { useDerived, useEditorState } from '../store/editor-context.tsx';
import { ProblemList } from './problem-list.tsx';
import type { Pointing } from './problem-row.tsx';
import { ProblemTools } from './problem-tools.tsx';
import classes from './problems.module.css';

interface ProblemsPanelProps extends Pointing {
  readonly rows: readonly Listed[];
  readonly fixCount: number;
  readonly onFixAll: () => void;
  readonly onClose: () => void;
}

const defaultHeight = 200;
const limits = { min: 110, max: 560 } as const;
const noFilter: ProblemFilter = { hidden: new Set(), text: '' };

/** Every problem, narrowed and ordered as the person likes; arrows go through them, Enter goes to where they are. */
export function ProblemsPanel({ rows, fixCount, onFixAll, onClose, ...pointing }: ProblemsPanelProps) {
  const height = usePreferences((state) => state.panelSizes['editor-problems'] ?? defaultHeight);
  const setPanelSize = usePreferences((state) => state.setPanelSize);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const drawn = useDerived((derived) => derived.drawn);
  const [filter, setFilter] = useState<ProblemFilter>(noFilter);
  const [grouping, setGrouping] = useState<Grouping>('severity');
  const shown = filterProblems(rows, filter);
  const titleOf = useCallback((step: string) => drawn.get(step)?.title ?? step, [drawn]);
  const groups = groupProblems(shown, grouping, titleOf);
  return (
    <div
      className={classes.panel}
      style={{ height }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        if (filter.text !== '') setFilter({ ...filter, text: '' });
        else onClose();
      }}
    >
      <PanelEdge
        label="Height of the problems"
        edge="top"
        size={height}
        limits={limits}
        onResize={(size) => setPanelSize('editor-problems', Math.min(limits.max, Math.max(limits.min, size)))}
      />
      <ProblemTools
        rows={rows}
        filter={filter}
        onFilter={setFilter}
        grouping={grouping}
        onGrouping={setGrouping}
        onFixAll={fixCount > 0 && !isReadOnly ? onFixAll : null}
        onClose={onClose}
      />
      {shown.length === 0 ? (
        <p className={classes.nothing}>
          None of the {countOf(rows.length, 'problem')} is shown.{' '}
          <button type="button" className={classes.act} onClick={() => setFilter(noFilter)}>
            Show all
          </button>
        </p>
      ) : (
        <ProblemList groups={groups} shown={shown} titleOf={grouping === 'severity' ? titleOf : null} {...pointing} />
      )}
    </div>
  );
}
