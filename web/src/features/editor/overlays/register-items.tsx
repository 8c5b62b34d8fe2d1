import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { Menu } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useMadeOutputs } from '../inspector/use-made-output.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';

interface RegisterItemsProps {
  readonly step: string;
  /** Of this output alone. */
  readonly port?: string | undefined;
}

/**
 * Gives the outputs of a step names: those of the run that is shown now, those of later runs by the draft. Of a step of
 * an unfolded pipeline only the first: the others its file gives.
 */
export function RegisterItems({ step, port: wanted }: RegisterItemsProps) {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const view = useDerived((derived) => derived.drawn.get(step));
  const made = useMadeOutputs(step);
  const isInner = step.includes('/');
  const ports = (view?.outputs ?? []).filter(({ name, type }) => type !== null && isDataType(type) && (wanted === undefined || name === wanted));
  const icon = <IconTag size={15} stroke={1.8} />;
  const open = (kind: 'register-output' | 'name-output', port: string): void => void setTimeout(() => store.getState().open({ kind, step, port }));
  return ports.slice(0, 4).map(({ name, label }) =>
    made.has(name) ? (
      <Menu.Item key={name} leftSection={icon} onClick={() => open('register-output', name)}>
        Register output {label}…
      </Menu.Item>
    ) : isInner ? null : (
      <Menu.Item key={name} leftSection={icon} disabled={isReadOnly} onClick={() => open('name-output', name)}>
        Register output {label} in each run…
      </Menu.Item>
    ),
  );
}
