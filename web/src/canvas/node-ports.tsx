import { memo } from 'react';
import type { Size } from './geometry.ts';
import { PortHandle } from './port-handle.tsx';
import { slotsOf } from './port-slots.ts';
import type { StepView } from './step-view.ts';
import classes from './step-node.module.css';

interface NodePortsProps {
  readonly view: StepView;
  readonly isConnectable: boolean;
  readonly size?: Size;
}

/** The ports of a step on the edges of its node, or of its frame. */
export const NodePorts = memo(function NodePorts({ view, isConnectable, size }: NodePortsProps) {
  const [inputs, outputs] = [slotsOf(view, 'inputs', size), slotsOf(view, 'outputs', size)];
  return (
    <div className={classes.ports}>
      {[...inputs, ...outputs].map((slot) => (
        <PortHandle key={slot.id} step={view.key} slot={slot} count={slot.side === 'inputs' ? inputs.length : outputs.length} isConnectable={isConnectable} />
      ))}
    </div>
  );
});
