import { type FocusEvent, useState } from 'react';
import type { Command } from '../../../ui/commands/command.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { portNoun, type PipelinePort, shiftPort } from '../model/port-order.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { useMovePort } from './use-move-port.ts';

/** The commands that move the input or output in which the keyboard is, or was last. */
export function usePortOrderCommands(): { readonly onFocus: (event: FocusEvent) => void } {
  const [port, setPort] = useState<PipelinePort | null>(null);
  const document = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { shift } = useMovePort();
  const command = (by: 'up' | 'down'): Command => ({
    id: `editor.move-port-${by}`,
    group: 'Pipeline',
    title: port ? `Move the ${portNoun(port)} ${port.name} ${by}` : `Move the input or output ${by}`,
    keys: by === 'up' ? 'Alt+ArrowUp' : 'Alt+ArrowDown',
    keywords: 'order reorder sort',
    worksInText: true,
    keysWorkAt: (target) => portAt(target) !== null,
    isEnabled: port !== null && !isReadOnly && shiftPort(document, port, by) !== null,
    run: () => port && shift(port, by),
  });
  useCommands('editor.port-order', [command('up'), command('down')]);
  return { onFocus: ({ target }) => setPort((before) => portAt(target) ?? before) };
}

function portAt(target: EventTarget | null): PipelinePort | null {
  const row = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-pipeline-input], [data-pipeline-output]') : null;
  const { pipelineInput, pipelineOutput } = row?.dataset ?? {};
  if (pipelineInput !== undefined) return { side: 'inputs', name: pipelineInput };
  return pipelineOutput === undefined ? null : { side: 'outputs', name: pipelineOutput };
}
