import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { focusOnAppearing } from '../inspector/focus-on-appearing.ts';
import { useShowPaper } from '../paper/use-show-paper.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { createFinder, type Found } from './find-in-draft.ts';
import classes from './outline.module.css';

/** Finds on the canvas: everything that answers is ringed, and one after the other is brought into view. */
export function FindBar() {
  const { store } = useEditor();
  const { showNote } = useShowPaper();
  const content = useEditorState((state) => state.content);
  const views = useDerived((derived) => derived.views);
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const find = useMemo(() => createFinder({ content, views }), [content, views]);
  const found = find(query);
  const current = found[Math.min(index, found.length - 1)];
  const show = (target: Found | undefined): void => {
    if (!target) return;
    if (target.kind === 'step') return store.getState().select({ steps: [target.id] });
    showNote(target.id);
  };
  const walk = (by: number): void => {
    if (found.length === 0) return;
    const next = (Math.min(index, found.length - 1) + by + found.length) % found.length;
    setIndex(next);
    show(found[next]);
  };
  const close = (): void => {
    store.getState().open(null);
    document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
  };
  const handleKeyDown = (event: KeyboardEvent): void => {
    const act = {
      Enter: () => walk(event.shiftKey ? -1 : 1),
      ArrowDown: () => walk(1),
      ArrowUp: () => walk(-1),
      F3: () => walk(event.shiftKey ? -1 : 1),
      Escape: close,
    }[event.key];
    // The bar lies on the canvas, and its keys are no keys of the canvas.
    event.stopPropagation();
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the search, typed into its field
    <search className={classes.findBar} aria-label="Find on the canvas" onKeyDown={handleKeyDown}>
      <TextInput
        ref={focusOnAppearing}
        size="xs"
        className="pw-grow"
        placeholder="Name, key, component, parameter, note"
        aria-label="Find on the canvas"
        leftSection={<IconSearch size={14} stroke={1.8} />}
        value={query}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setQuery(text);
          setIndex(0);
          const next = find(text)[0];
          // One more letter mostly leaves it the same, which is in view by now.
          if (next?.id !== current?.id || next?.kind !== current?.kind) show(next);
        }}
      />
      <span className={classes.findCount} role="status">
        {query.trim() === '' ? '' : found.length === 0 ? 'nothing' : `${Math.min(index, found.length - 1) + 1} of ${found.length}`}
      </span>
      <Step label="The one before (Shift Enter)" icon={IconChevronUp} isDisabled={found.length < 2} onClick={() => walk(-1)} />
      <Step label="The next one (Enter)" icon={IconChevronDown} isDisabled={found.length < 2} onClick={() => walk(1)} />
      <Step label="Close (Esc)" icon={IconX} isDisabled={false} onClick={close} />
      {current && (
        <span className={classes.findWhere} title={current.where}>
          {current.kind === 'note' ? 'Found in a note' : `Found in ${current.where}`}
        </span>
      )}
      <style>{rings(found, current)}</style>
    </search>
  );
}

interface StepProps {
  readonly label: string;
  readonly icon: typeof IconX;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
}

function Step({ label, icon: Icon, isDisabled, onClick }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={isDisabled} onClick={onClick}>
        <Icon size={15} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}

const mostRinged = 2000;

/** By rules and not by what the nodes are told: ringing a thousand of them redraws none. */
function rings(found: readonly Found[], current: Found | undefined): string {
  if (!current) return '';
  const all = found.slice(0, mostRinged).map(selectorOf).join(',');
  return `${all}{outline:2px dashed var(--pw-warn);outline-offset:3px}${selectorOf(current)}{outline:3px solid var(--pw-brand);outline-offset:3px}`;
}

const selectorOf = ({ kind, id }: Found): string => `[data-canvas] [data-${kind}="${CSS.escape(id)}"]`;
