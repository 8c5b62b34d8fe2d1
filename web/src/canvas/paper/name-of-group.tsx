import { useRef } from 'react';
import classes from './paper.module.css';

/** The name of a group while it is written: Enter and leaving keep it, Esc does not. */
export function NameOfGroup({ title, onNamed }: { readonly title: string; readonly onNamed: (title: string | null) => void }) {
  const isOver = useRef(false);
  const end = (named: string | null): void => {
    if (isOver.current) return;
    isOver.current = true;
    onNamed(named);
  };
  return (
    <input
      ref={selectOnAppearing}
      className={`${classes.name} nodrag nokey`}
      aria-label="Name of the group"
      defaultValue={title}
      placeholder="Group"
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        end(event.key === 'Enter' ? event.currentTarget.value : null);
      }}
    />
  );
}

const selectOnAppearing = (input: HTMLInputElement | null): void => {
  input?.focus({ preventScroll: true });
  input?.select();
};
