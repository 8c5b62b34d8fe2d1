import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { useReactFlow } from '@xyflow/react';
import { type MouseEvent, useMemo } from 'react';
import { nodeHeight } from '../../../canvas/geometry.ts';
import { usePreviewTarget } from '../../../preview/preview-target.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { selectStepInView } from '../store/selectors.ts';
import { readPortId } from './port-source.ts';
import { useAskPortData } from './use-port-data.ts';

interface LookAtData {
  /** A press on a port: what it carries, or for a place of several ports the list of them. */
  readonly byClick: (event: MouseEvent) => void;
  /** The first output of the selected step that there is. */
  readonly ofSelected: () => void;
  /** Every port of the selected step, to choose from. */
  readonly choosePort: () => void;
}

/** The ways to the data on a port. */
export function useLookAtData(): LookAtData {
  const editor = useEditor();
  const flow = useReactFlow();
  const ask = useAskPortData();
  const { open } = usePreviewTarget();
  return useMemo(() => {
    const { store, derived } = editor;
    const openMenu = (step: string): void => {
      const { x, y } = flow.getNode(step)?.position ?? { x: 0, y: 0 };
      store.getState().open({ kind: 'data', at: flow.flowToScreenPosition({ x, y: y + nodeHeight }), step });
    };
    return {
      byClick: (event) => {
        const handle = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-port]') : null;
        const port = handle && readPortId(handle.dataset['port'] ?? '');
        if (!port || store.getState().wiring !== null) return;
        const { step, side, port: name } = port;
        if (name === null) openMenu(step);
        else {
          const data = ask({ step, side, port: name });
          if (data && isDataType(data.artifact.type)) open(data.output);
          // A finger that finds no data there wants to connect: it cannot see what is under it while it draws a wire.
          else if (isByTouch(event) && !store.getState().isReadOnly)
            store.getState().open({ kind: 'connect', at: { x: event.clientX, y: event.clientY }, step, focus: { step, side, port: name }, target: null });
        }
      },
      ofSelected: () => {
        const step = selectStepInView(store.getState());
        if (step === null) return;
        const found = outputsOf(editor, step).map((port) => ask({ step, side: 'outputs', port }));
        const first = found.find((data) => data !== null && isDataType(data.artifact.type));
        if (first) {
          open(first.output);
          return;
        }
        const title = derived.getState().drawn.get(step)?.title ?? step;
        const text = `${title} has put nothing out yet: run it to see its data.`;
        announce(text);
        showToast({ text });
      },
      choosePort: () => {
        const step = selectStepInView(store.getState());
        if (step !== null) openMenu(step);
      },
    };
  }, [editor, flow, ask, open]);
}

/** A click says how it was made where it is a pointer's. */
const isByTouch = ({ nativeEvent }: MouseEvent): boolean => 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';

const outputsOf = ({ derived }: Editor, step: string): readonly string[] =>
  derived
    .getState()
    .drawn.get(step)
    ?.outputs.map(({ name }) => name) ?? [];
