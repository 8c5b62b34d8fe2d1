import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Point } from '../../../canvas/geometry.ts';
import { titleOf } from '../model/search-components.ts';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import classes from './nesting.module.css';

interface DropToReplace {
  readonly drop: (item: RegisteredComponent, at: Point) => void;
  readonly hold: (item: RegisteredComponent | null) => void;
  /** The step under what is in the hand. */
  readonly target: Target | null;
}

interface Target {
  readonly step: string;
  readonly item: RegisteredComponent;
  readonly at: Point;
}

/** A component of the palette that is let go over a step takes the place of that step's component; elsewhere it is added. */
export function useDropToReplace(add: (item: RegisteredComponent, at: Point) => void): DropToReplace {
  const { store } = useEditor();
  const [target, setTarget] = useState<Target | null>(null);
  const listening = useRef<AbortController | null>(null);
  useEffect(() => () => listening.current?.abort(), []);
  const hold = useCallback(
    (item: RegisteredComponent | null) => {
      listening.current?.abort();
      setTarget(null);
      if (item === null || store.getState().isReadOnly) return;
      listening.current = new AbortController();
      const follow = ({ clientX, clientY }: PointerEvent): void => {
        const at = { x: clientX, y: clientY };
        const step = stepUnder(at);
        setTarget(step === null ? null : { step, item, at });
      };
      window.addEventListener('pointermove', follow, { signal: listening.current.signal });
    },
    [store],
  );
  const drop = useCallback(
    (item: RegisteredComponent, at: Point): void => {
      const step = stepUnder(at);
      if (step === null || store.getState().isReadOnly) return add(item, at);
      store.getState().learnComponents({ [item.reference]: item.component });
      store.getState().select({ steps: [step] });
      store.getState().open({ kind: 'nesting', dialog: { kind: 'replace', step, reference: item.reference } });
    },
    [add, store],
  );
  return { drop, hold, target };
}

/** A step of the draft itself: what lies in an unfolded pipeline is the component's. */
function stepUnder({ x, y }: Point): string | null {
  const key = document.elementFromPoint(x, y)?.closest('[data-step]')?.getAttribute('data-step') ?? null;
  return key === null || key.includes('/') ? null : key;
}

/** Rings the step that would be replaced, and says so at the pointer. */
export function ReplaceTarget({ target: { step, item, at } }: { readonly target: Target }) {
  const title = useDerived((derived) => derived.views.get(step)?.title ?? step);
  const box = document.querySelector(`[data-canvas] [data-step="${CSS.escape(step)}"]`)?.getBoundingClientRect();
  return createPortal(
    <>
      {box && (
        <div className={classes.replaceRing} style={{ left: box.left - 4, top: box.top - 4, width: box.width + 8, height: box.height + 8 }} aria-hidden />
      )}
      <div className={classes.replaceWords} role="status" style={{ left: at.x, top: at.y + 46 }}>
        Replace {title} by {titleOf(item)}
      </div>
    </>,
    document.body,
  );
}
