import type { KeyboardEvent, PointerEvent } from 'react';
import { useFootPanel } from './use-foot-panel.ts';
import classes from './panels.module.css';

interface PanelEdgeProps {
  readonly label: string;
  /** The edge of the panel on which the handle lies. */
  readonly edge: 'left' | 'right' | 'top';
  readonly size: number;
  readonly limits: { readonly min: number; readonly max: number };
  readonly onResize: (size: number) => void;
}

const keyStep = 16;

/** The edge of a panel as a handle: dragged by any pointer, moved by arrow keys. */
export function PanelEdge({ label, edge, size, limits, onResize }: PanelEdgeProps) {
  useFootPanel(edge === 'top' ? size : null);
  /** Which way the panel grows along the axis. */
  const direction = edge === 'right' ? 1 : -1;
  const position = (event: PointerEvent): number => (edge === 'top' ? event.clientY : event.clientX);

  const handlePointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const handle = event.currentTarget;
    const from = position(event);
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => {
      const at = edge === 'top' ? moved.clientY : moved.clientX;
      onResize(size + (at - from) * direction);
    };
    const end = (): void => handle.removeEventListener('pointermove', move);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end, { once: true });
    event.preventDefault();
  };

  const handleKeyDown = (event: KeyboardEvent): void => {
    const [less, more] = edge === 'top' ? ['ArrowDown', 'ArrowUp'] : direction > 0 ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    const next = { [less]: size - keyStep, [more]: size + keyStep, Home: limits.min, End: limits.max }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onResize(next);
  };

  return (
    <div
      className={classes.edge}
      data-panel-edge={edge}
      role="separator"
      aria-orientation={edge === 'top' ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-valuenow={Math.round(size)}
      aria-valuemin={limits.min}
      aria-valuemax={limits.max}
      tabIndex={0}
      onPointerDown={handlePointerDown}
      onKeyDown={handleKeyDown}
    />
  );
}
