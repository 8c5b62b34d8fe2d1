import { Handle, Position as HandleSide } from '@xyflow/react';
import { IconUnlink } from '@tabler/icons-react';
import { memo } from 'react';
import { PortGlyph } from '../ui/graph/port-glyph.tsx';
import { labelPlace } from './geometry.ts';
import type { PortSlot } from './port-slots.ts';
import { usePortMark } from './step-facts.ts';
import type { PortView } from './step-view.ts';
import classes from './step-node.module.css';

interface PortHandleProps {
  readonly step: string;
  readonly slot: PortSlot;
  /** How many places the side has. */
  readonly count: number;
  readonly isConnectable: boolean;
}

/** A port as React Flow's handle: the hit area, the mark, and the label beside it. */
export const PortHandle = memo(function PortHandle({ step, slot, count, isConnectable }: PortHandleProps) {
  const mark = usePortMark(step, slot.id);
  const [port, ...others] = slot.ports;
  if (!port) return null;
  const isInput = slot.side === 'inputs';
  const isGroup = others.length > 0;
  const place = count > 1 ? labelPlace(slot.index, count) : null;
  return (
    <Handle
      id={slot.id}
      type={isInput ? 'target' : 'source'}
      position={isInput ? HandleSide.Top : HandleSide.Bottom}
      className={classes.port}
      isConnectable={isConnectable}
      style={{ left: slot.point.x }}
      data-port={`${step}.${slot.id}`}
      data-mark={mark}
      data-crowded={count > 1 || undefined}
      role="img"
      aria-label={isGroup ? sayGroup(slot) : sayPort(port)}
    >
      {isGroup ? <span className={classes.portGroup}>{slot.ports.length}</span> : <PortMarkGlyph port={port} />}
      <span className={classes.portLabel} data-side={slot.side} data-line={place?.line} style={place ? { maxWidth: place.room } : undefined} aria-hidden>
        {isGroup ? `${slot.ports.length} ${slot.side}` : port.label}
      </span>
    </Handle>
  );
});

function PortMarkGlyph({ port }: { readonly port: PortView }) {
  if (port.isBroken || port.type === null) return <IconUnlink size={13} stroke={2.2} className={classes.brokenPort} aria-hidden />;
  return <PortGlyph type={port.type} isConnected={port.isConnected} isOptional={port.isOptional && !port.isConnected} />;
}

/** *Input dataset, mltable, connected*. */
function sayPort({ side, label, type, isConnected, isOptional, isBroken }: PortView): string {
  const state = isBroken ? 'broken connection' : isConnected ? 'connected' : isOptional ? 'optional, open' : 'open';
  return `${side === 'inputs' ? 'Input' : 'Output'} ${label}, ${type ?? 'of unknown type'}, ${state}`;
}

const sayGroup = ({ side, ports }: PortSlot): string => `${ports.length} ${side}: ${ports.map(({ label }) => label).join(', ')}`;
