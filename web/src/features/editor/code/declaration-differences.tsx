import { diffInterfaces } from '@pipewright/shared/component/diff-interfaces.ts';
import { DifferenceLines } from '../../../canvas/compare/difference-lines.tsx';
import { declarationLines } from './declaration-lines.ts';
import type { ComponentInWork } from './use-written-component.ts';

/** What the next version says otherwise of its ports, its environment and its command, line by line. */
export function DeclarationDifferences({ before, after }: Pick<ComponentInWork, 'before' | 'after'>) {
  const names = diffInterfaces(before, after).flatMap(({ kind, name }) => (kind === 'changed' ? [] : [`${kind === 'added' ? '+' : '−'} ${name}`]));
  return (
    <section aria-label="Inputs, outputs, command">
      <h3>
        Inputs, outputs, command <span className="pw-muted">{names.length > 0 ? names.join('  ') : 'changed'}</span>
      </h3>
      <DifferenceLines before={declarationLines(before)} after={declarationLines(after)} />
    </section>
  );
}
