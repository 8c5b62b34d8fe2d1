import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { Menu } from '@mantine/core';
import type { PortView } from '../../../canvas/step-view.ts';
import { describeShape } from '../../../preview/describe-artifact.ts';
import { usePreviewTarget } from '../../../preview/preview-target.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { usePortData } from './use-port-data.ts';
import classes from './data.module.css';

const noPorts: readonly PortView[] = [];

/** The data on every port of a step, to choose from by keyboard. */
export function DataMenu({ overlay }: { readonly overlay: Extract<Overlay, { kind: 'data' }> }) {
  const { store } = useEditor();
  const inputs = useDerived((derived) => derived.drawn.get(overlay.step)?.inputs ?? noPorts);
  const outputs = useDerived((derived) => derived.drawn.get(overlay.step)?.outputs ?? noPorts);
  const close = (): void => store.getState().open(null);
  const items = (ports: readonly PortView[]) =>
    ports.filter(({ type }) => type !== null && isDataType(type)).map((port) => <DataItem key={port.name} step={overlay.step} port={port} />);
  const [into, out] = [items(inputs), items(outputs)];
  return (
    <Menu opened onClose={close} position="bottom-start" offset={0} width={300} withinPortal>
      <Menu.Target>
        <span style={{ position: 'fixed', left: overlay.at.x, top: overlay.at.y, width: 0, height: 0 }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown aria-label="Data of the step">
        {out.length > 0 && <Menu.Label>Goes out</Menu.Label>}
        {out}
        {into.length > 0 && <Menu.Label>Comes in</Menu.Label>}
        {into}
        {out.length + into.length === 0 && <Menu.Item disabled>The step has no ports for data</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

function DataItem({ step, port }: { readonly step: string; readonly port: PortView }) {
  const { open } = usePreviewTarget();
  const { data } = usePortData({ step, side: port.side, port: port.name });
  return (
    <Menu.Item
      leftSection={port.type !== null && <PortGlyph type={port.type} isConnected={port.isConnected} />}
      rightSection={<span className={classes.shape}>{data ? describeShape(data.artifact) : 'no data yet'}</span>}
      disabled={!data}
      onClick={() => data && open(data.output)}
    >
      {port.label}
    </Menu.Item>
  );
}
