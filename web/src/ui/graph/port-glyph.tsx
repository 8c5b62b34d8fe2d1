import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { booleanHalf, portShapes } from './port-shapes.ts';
import classes from './graph.module.css';

interface PortGlyphProps {
  readonly type: PortType;
  /** Filled: something is connected. */
  readonly isConnected?: boolean;
  readonly isOptional?: boolean;
  readonly size?: number;
  /** Given where no type stands beside the glyph. */
  readonly label?: string;
}

/** The mark of a port: shape and colour say the type, the fill says connected, dashes say optional. */
export function PortGlyph({ type, isConnected = true, isOptional = false, size = 13, label }: PortGlyphProps) {
  const naming = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg
      {...naming}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      className={classes.port}
      data-type={type}
      data-full={(isConnected && type !== 'boolean') || undefined}
      data-optional={isOptional || undefined}
    >
      <path d={portShapes[type]} />
      {type === 'boolean' && <path d={booleanHalf} data-filled />}
    </svg>
  );
}
