import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMyName } from '../../../api/workspace.ts';
import { fitOptions } from '../../../canvas/canvas-tools.tsx';
import { pipelinesAround, useUnfolded } from '../../../canvas/unfolded-store.ts';
import { createEditorFacts } from '../canvas/editor-facts.tsx';
import { unfoldedIn, useNesting } from '../canvas/use-nesting.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { boxOfSelection } from '../paper/held.ts';
import { useShowPaper } from '../paper/use-show-paper.ts';
import { allNotes, outlineLines, type OutlinedGraph, type OutlineLine } from './outline-lines.ts';
import { OutlineRow } from './outline-row.tsx';
import { useInsideGraphs } from './use-inside-graphs.ts';
import { walkOutline } from './walk-outline.ts';
import classes from './outline.module.css';

const rowHeight = 28;

/** The steps of the draft as a tree: in the order in which they run, with groups and the pipelines inside. */
export function OutlinePanel() {
  const editor = useEditor();
  const { store, draftId } = editor;
  const nesting = useNesting();
  const me = useMyName();
  const facts = useMemo(() => createEditorFacts(editor, nesting, me), [editor, nesting, me]);
  const content = useEditorState((state) => state.content);
  const views = useDerived((derived) => derived.views);
  const selected = useEditorState((state) => state.selectedSteps);
  const { unfold } = useUnfolded(unfoldedIn(draftId));
  const flow = useReactFlow();
  const { showNote } = useShowPaper();
  const notes = useEditorState((state) => state.selectedNotes);
  const groups = useEditorState((state) => state.selectedGroups);
  const selectedPaper = useMemo(() => new Set([...[...notes].map((id) => `note ${id}`), ...[...groups].map((id) => `group ${id}`)]), [notes, groups]);
  const [filter, setFilter] = useState('');
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const inside = useInsideGraphs(useMemo(() => [...expanded].filter((id) => !id.startsWith('group ') && id !== allNotes), [expanded]));
  const graph = useMemo(
    (): OutlinedGraph => ({
      ...content,
      titleOf: (key) => views.get(key)?.title ?? content.document.jobs[key]?.display_name ?? key,
      isPipeline: (key) => views.get(key)?.isPipeline ?? false,
    }),
    [content, views],
  );
  const lines = outlineLines(graph, { expanded, filter, inside });
  const toggle = useCallback((line: OutlineLine) => setExpanded((open) => toggled(open, line.id)), []);
  const choose = useCallback(
    (line: OutlineLine) => {
      if (line.kind === 'notes') return toggle(line);
      if (line.kind === 'note') return showNote(line.id.slice('note '.length));
      if (line.kind === 'group') {
        const group = line.id.slice('group '.length);
        // One of a pipeline inside is only a name for its steps.
        const isOurs = Object.hasOwn(store.getState().content.layout.groups, group);
        store.getState().select(isOurs ? { groups: [group] } : { steps: line.steps });
        const box = boxOfSelection(editor);
        return box ? void flow.fitBounds(box, { ...fitOptions, padding: 0.3 }) : undefined;
      }
      // A step of a pipeline inside is shown where it stands: the pipeline unfolds.
      const around = pipelinesAround(line.id);
      if (around.length > 0) unfold(around);
      store.getState().select({ steps: [line.id] });
    },
    [editor, flow, store, unfold, toggle, showNote],
  );
  return (
    <div className={classes.panel}>
      <div className={classes.filter}>
        <TextInput
          size="xs"
          type="search"
          placeholder="Filter the steps"
          aria-label="Filter the steps"
          leftSection={<IconSearch size={15} stroke={1.8} />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </div>
      {lines.length === 0 ? (
        <p className={classes.nothing}>{filter.trim() === '' ? 'The pipeline has no steps yet.' : `No step answers to “${filter.trim()}”.`}</p>
      ) : (
        <Tree lines={lines} selected={selected} paper={selectedPaper} facts={facts} onChoose={choose} onToggle={toggle} />
      )}
    </div>
  );
}

function toggled(open: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(open);
  if (!next.delete(id)) next.add(id);
  return next;
}

interface TreeProps {
  readonly lines: readonly OutlineLine[];
  readonly selected: ReadonlySet<string>;
  /** The lines of groups and notes that are selected. */
  readonly paper: ReadonlySet<string>;
  readonly facts: ReturnType<typeof createEditorFacts>;
  readonly onChoose: (line: OutlineLine) => void;
  readonly onToggle: (line: OutlineLine) => void;
}

/** Only what is seen is drawn; the keyboard goes through all of it. */
function Tree({ lines, selected, paper, facts, onChoose, onToggle }: TreeProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const [isWalking, setIsWalking] = useState(false);
  const at = Math.max(
    0,
    lines.findIndex(({ id }) => id === (stop ?? [...selected, ...paper][0])),
  );
  // oxlint-disable-next-line react/incompatible-library -- it reads the scroll position while drawing, and says so
  const rows = useVirtualizer({ count: lines.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 12 });
  const stopId = lines[at]?.id;
  useEffect(() => {
    if (!isWalking || stopId === undefined) return;
    rows.scrollToIndex(at);
    // The line may only be drawn by the scrolling.
    const frame = requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`[data-outline="${CSS.escape(stopId)}"]`)?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
  }, [isWalking, stopId, at, rows]);
  const handleKeyDown = (event: KeyboardEvent): void => {
    const line = lines[at];
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = walkOutline(lines, at, event.key);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'go') {
      setStop(lines[move.to]?.id ?? null);
      setIsWalking(true);
    } else if (move.kind === 'toggle') onToggle(line);
    else onChoose(line);
  };
  return (
    <div
      ref={scroll}
      className={classes.tree}
      role="tree"
      aria-label="Outline of the pipeline"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls is reached by its lines
      onKeyDown={handleKeyDown}
      onBlur={() => setIsWalking(false)}
    >
      <div role="none" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return (
            line && (
              <div key={line.id} role="none" className={classes.place} style={{ transform: `translateY(${start}px)` }}>
                <OutlineRow
                  line={line}
                  facts={facts}
                  isSelected={
                    line.kind === 'step'
                      ? selected.has(line.id)
                      : paper.has(line.id) || (line.steps.length > 0 && line.steps.every((step) => selected.has(step)))
                  }
                  isStop={index === at}
                  onChoose={(chosen) => {
                    setStop(chosen.id);
                    onChoose(chosen);
                  }}
                  onToggle={onToggle}
                />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
