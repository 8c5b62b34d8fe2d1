import type { DeclarationChanges } from '@pipewright/shared/http/component-code.ts';
import type { CodePlace } from '../../../api/component-code.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { useWrittenAt, writeComponent } from './component-edits.ts';
import { changedComponent, changesOf, isRightComponent, type LeafComponent, writtenOf, type WrittenComponent } from './written-component.ts';

export interface ComponentInWork {
  /** As the version says it. */
  readonly before: LeafComponent;
  readonly written: WrittenComponent;
  /** What is said otherwise; null: nothing. */
  readonly changes: DeclarationChanges | null;
  /** As the next version will say it. */
  readonly after: LeafComponent;
  readonly isRight: boolean;
  readonly write: (next: Partial<WrittenComponent>) => void;
}

/** A component of a step with what is written of it and no version yet; null where it is not known here. */
export function useWrittenComponent(place: CodePlace): ComponentInWork | null {
  const before = useEditorState((state) => (Object.hasOwn(state.components, place.component) ? state.components[place.component] : undefined));
  const kept = useWrittenAt(place);
  if (!before || before.type === 'pipeline') return null;
  const written = kept ?? writtenOf(before);
  const changes = kept && changesOf(before, kept);
  return {
    before,
    written,
    changes,
    after: changes ? changedComponent(before, changes) : before,
    isRight: changes === null || isRightComponent(written),
    write: (next) => {
      const wanted = { ...written, ...next };
      writeComponent(place, changesOf(before, wanted) === null ? null : wanted);
    },
  };
}
