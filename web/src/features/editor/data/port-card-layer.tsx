import { type RefObject, useEffect, useState } from 'react';
import type { PortRef } from '../model/port-ref.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { PortFacts } from './port-card.tsx';
import { readPortId } from './port-source.ts';
import classes from './data.module.css';

/** A pointer that only passes by asks for nothing. */
const showAfterMs = 250;
const gap = 10;
const cardWidth = 250;

interface ShownCard {
  readonly port: PortRef;
  readonly left: number;
  readonly top: number;
  /** Above an input, below an output: the wire stays in sight. */
  readonly isAbove: boolean;
}

/** The card of the port under the pointer: one for the whole canvas, so that a port costs nothing. */
export function PortCardLayer({ region }: { readonly region: RefObject<HTMLElement | null> }) {
  const [card, setCard] = useState<ShownCard | null>(null);
  const isBusy = useEditorState((state) => state.wiring !== null || state.heldAsset !== null || state.overlay !== null);
  useEffect(() => {
    const element = region.current;
    if (!element || isBusy) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = (): void => {
      clearTimeout(timer);
      setCard(null);
    };
    const look = ({ target, buttons }: PointerEvent): void => {
      const handle = target instanceof Element ? target.closest<HTMLElement>('[data-port]') : null;
      hide();
      const port = handle ? readPortId(handle.dataset['port'] ?? '') : null;
      if (!handle || !port || port.port === null || buttons !== 0) return;
      const { step, side, port: name } = port;
      timer = setTimeout(() => setCard(placeCard(handle, { step, side, port: name })), showAfterMs);
    };
    const listening = new AbortController();
    const options = { signal: listening.signal, passive: true };
    element.addEventListener('pointerover', look, options);
    element.addEventListener('pointerleave', hide, options);
    element.addEventListener('pointerdown', hide, options);
    element.addEventListener('wheel', hide, options);
    return () => {
      listening.abort();
      hide();
    };
  }, [region, isBusy]);
  if (!card) return null;
  return (
    <div
      className={classes.card}
      role="tooltip"
      data-port-card
      style={{ left: card.left, top: card.top, width: cardWidth }}
      data-above={card.isAbove || undefined}
    >
      <PortFacts port={card.port} />
    </div>
  );
}

function placeCard(handle: HTMLElement, port: PortRef): ShownCard {
  const { left, top, bottom, width } = handle.getBoundingClientRect();
  const isAbove = port.side === 'inputs';
  const middle = left + width / 2;
  return { port, isAbove, left: Math.min(middle + gap, window.innerWidth - cardWidth - gap), top: isAbove ? top - 2 : bottom + 2 };
}
