import type { CodePlace } from '../../../api/component-code.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { CodeDifferences } from './code-differences.tsx';
import { DeclarationDifferences } from './declaration-differences.tsx';
import type { ComponentInWork } from './use-written-component.ts';
import { idOfMove, movesTo, type MoveWishes } from './version-moves.ts';
import { WiresAfter } from './wires-after.tsx';
import classes from './code.module.css';

interface ReviewedChangesProps {
  readonly step: string;
  readonly place: CodePlace;
  readonly component: ComponentInWork | null;
  /** Those of the version. */
  readonly files: readonly string[];
  readonly wishes: MoveWishes;
  readonly onChoose: (chosen: MoveWishes['chosen']) => void;
}

/** What the next version has otherwise, and what becomes of the step's wires with it. */
export function ReviewedChanges({ step, place, component, files, wishes, onChoose }: ReviewedChangesProps) {
  const document = useEditorState((state) => state.content.document);
  const components = useEditorState((state) => state.components);
  const isThere = Object.hasOwn(document.jobs, step);
  const next = component && { reference: place.component, ports: component.after };
  const replacement = component?.changes && next && isThere ? { document, components, key: step, next } : null;
  return (
    <>
      <div className={classes.differences}>
        {component?.changes && <DeclarationDifferences before={component.before} after={component.after} />}
        <CodeDifferences place={place} files={files} />
      </div>
      {replacement && (
        <WiresAfter
          replacement={replacement}
          moves={movesTo(replacement, wishes)}
          onMove={(move, to) => onChoose(new Map([...wishes.chosen, [idOfMove(move), to]]))}
        />
      )}
    </>
  );
}
