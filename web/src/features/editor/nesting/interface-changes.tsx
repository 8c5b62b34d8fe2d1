import type { PortDifference } from '@pipewright/shared/component/diff-interfaces.ts';
import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import classes from './nesting.module.css';

const icons = { added: IconPlus, removed: IconMinus, changed: IconPencil } as const;
const words = { added: 'New', removed: 'Gone', changed: 'Changed' } as const;

/** What is different in the ports and parameters of another version. */
export function InterfaceChanges({ changes }: { readonly changes: readonly PortDifference[] }) {
  return (
    <section aria-label="What is different">
      <h3 className={classes.portsTitle}>What is different</h3>
      {changes.length === 0 && <p className="pw-sm pw-t2">The same inputs, outputs and parameters.</p>}
      <ul className={classes.changes}>
        {changes.map(({ side, name, kind, isParameter, details }) => {
          const Icon = icons[kind];
          return (
            <li key={`${side} ${name}`} data-change={kind}>
              <Icon size={14} stroke={1.8} aria-hidden />
              <span>
                {words[kind]} {side === 'outputs' ? 'output' : isParameter ? 'parameter' : 'input'} <b className="pw-mono">{name}</b>
              </span>
              <span className="pw-muted pw-clip" title={details.join(', ')}>
                {details.join(', ')}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
