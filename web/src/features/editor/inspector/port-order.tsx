import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { portNoun, type PipelinePort, shiftPort } from '../model/port-order.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { useMovePort } from './use-move-port.ts';
import classes from './inspector.module.css';

/** Moves an input or an output of the pipeline among its fellows; nothing where there is only one, or nothing to edit. */
export function PortOrder({ port }: { readonly port: PipelinePort }) {
  const document = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { shift } = useMovePort();
  if (isReadOnly || Object.keys(document[port.side]).length < 2) return null;
  return (
    <span className={classes.order}>
      {(['up', 'down'] as const).map((by) => (
        <button
          key={by}
          type="button"
          aria-label={`Move the ${portNoun(port)} ${port.name} ${by}`}
          title={`Move ${by}`}
          // At its end it keeps the keyboard, which a disabled button would lose.
          aria-disabled={shiftPort(document, port, by) === null}
          onClick={() => shift(port, by)}
        >
          {by === 'up' ? <IconChevronUp size={12} stroke={2} /> : <IconChevronDown size={12} stroke={2} />}
        </button>
      ))}
    </span>
  );
}
