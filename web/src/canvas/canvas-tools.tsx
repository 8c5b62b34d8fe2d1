import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMap2, IconMinus, IconPlus, type TablerIcon } from '@tabler/icons-react';
import { MiniMap, type MiniMapNodeProps, Panel, useReactFlow, useStore } from '@xyflow/react';
import { memo, useState } from 'react';
import { useIsNarrow } from '../ui/panels/use-is-narrow.ts';
import { useStatus } from './step-facts.ts';
import classes from './graph-canvas.module.css';

/** Above this many steps the map costs more than it shows. */
const mapUpTo = 2000;
/** React Flow works the map out from this; a style sheet would come too late. */
const mapSize = { width: 164, height: 124 } as const;
export const fitOptions = { padding: 0.12, maxZoom: 1, duration: 200 } as const;

/** Zoom, fit and the little map, at the bottom left. */
export function CanvasTools({ stepCount, hint }: { readonly stepCount: number; readonly hint?: (command: 'fit') => string }) {
  const flow = useReactFlow();
  const isNarrow = useIsNarrow();
  const [isMapWanted, setIsMapWanted] = useState(true);
  const canShowMap = stepCount > 0 && stepCount <= mapUpTo && !isNarrow;
  return (
    <>
      {canShowMap && isMapWanted && (
        <MiniMap className={classes.map} style={mapSize} position="bottom-left" pannable zoomable nodeComponent={MapNode} ariaLabel="Map of the pipeline" />
      )}
      <Panel position="bottom-left" className={classes.float} role="toolbar" aria-label="Zoom">
        <Tool label="Zoom out" icon={IconMinus} onClick={() => void flow.zoomOut({ duration: 120 })} />
        <ZoomValue />
        <Tool label="Zoom in" icon={IconPlus} onClick={() => void flow.zoomIn({ duration: 120 })} />
        <span className={classes.separator} />
        <Tool label={hint?.('fit') ?? 'Fit the pipeline in the window'} icon={IconFocusCentered} onClick={() => void flow.fitView(fitOptions)} />
        {canShowMap && (
          <Tool label={isMapWanted ? 'Hide the map' : 'Show the map'} icon={IconMap2} isOn={isMapWanted} onClick={() => setIsMapWanted(!isMapWanted)} />
        )}
      </Panel>
    </>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: TablerIcon;
  readonly onClick: () => void;
  readonly isOn?: boolean;
  readonly isDisabled?: boolean;
}

/** A button of a floating bar. */
export function Tool({ label, icon: Icon, onClick, isOn, isDisabled = false }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={isOn}
        data-active={isOn || undefined}
        // Not `disabled`: a button that cannot be focused cannot say what it is.
        aria-disabled={isDisabled || undefined}
        data-off={isDisabled || undefined}
        onClick={isDisabled ? undefined : onClick}
      >
        <Icon size={16} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}

function ZoomValue() {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return <span className={classes.zoomValue}>{percent} %</span>;
}

/** A step on the map, in the colour of its status. */
const MapNode = memo(function MapNode({ id, x, y, width, height, selected }: MiniMapNodeProps) {
  const status = useStatus(id);
  const isLoud = status === 'running' || status === 'failed' || status === 'timed-out' || status === 'lost';
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      rx={12}
      className={classes.mapNode}
      data-st={status}
      data-loud={isLoud || undefined}
      data-selected={selected || undefined}
    />
  );
});
