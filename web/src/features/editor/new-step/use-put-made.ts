import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import type { OutputInRun } from '../../../step-run/outputs-of-step.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { offerUndo } from '../commands/offer-undo.ts';
import { plainUse } from '../model/quick-list.ts';
import { titleOf } from '../model/search-components.ts';
import { purposeOf, type QuickAddOverlay } from '../overlays/quick-add-purpose.ts';
import { rememberComponent } from '../palette/recent-components.ts';
import { useAddFromPalette } from '../palette/use-add-from-palette.ts';
import { useEditor } from '../store/editor-context.tsx';
import { newPort } from '../written/written-port.ts';
import { emptyStep, type PythonStep } from './python-step.ts';

export interface PutMade {
  /** What is begun with: with a port for the wire that it is for. */
  readonly stepFor: (from: QuickAddOverlay | null) => PythonStep;
  /** The output that it is to read; null: none. */
  readonly wireFrom: (from: QuickAddOverlay | null) => OutputInRun | null;
  /** Puts a step of what was made where it was asked for, by one edit; answers why it cannot. */
  readonly add: (made: RegisteredComponent, from: QuickAddOverlay | null) => string | null;
}

export function usePutMade(): PutMade {
  const editor = useEditor();
  const { beside } = useAddFromPalette();
  return {
    stepFor: (from) => {
      const wire = from ? purposeOf(editor, from).wire : null;
      if (!wire) return emptyStep;
      const side = wire.from.side === 'outputs' ? 'inputs' : 'outputs';
      const port = newPort(side, side === 'inputs' ? 'data' : 'result', wire.view.type ?? 'uri_folder');
      return { ...emptyStep, ports: [port, ...emptyStep.ports.filter((other) => other.side !== side)].toSorted((a, b) => a.side.localeCompare(b.side)) };
    },
    wireFrom: (from) => {
      const wire = from ? purposeOf(editor, from).wire : null;
      return wire?.from.side === 'outputs' ? { step: wire.from.step, port: wire.from.port } : null;
    },
    add: (made, from) => {
      const { store } = editor;
      store.getState().learnComponents({ [made.reference]: made.component });
      if (!from) return beside(made);
      const purpose = purposeOf(editor, from);
      const { ops, key } = purpose.add(purpose.usesOf(made)[0] ?? plainUse(made));
      const done = store.getState().edit(ops, { label: `Add ${titleOf(made)}` });
      if (!done.ok) return done.message;
      store.getState().select({ steps: [key] });
      rememberComponent(made.reference);
      announce(`${titleOf(made)} added`);
      offerUndo(store, `Added ${titleOf(made)}`);
      return null;
    },
  };
}
