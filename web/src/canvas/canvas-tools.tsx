import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMap2, IconMinus, IconPlus, type TablerIcon } from '@tabler/icons-react';
import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { memo, useState } from 'react';
import { useIsNarrow } from '../ui/panels/use-is-narrow.ts';
import { MiniMap } from './mini-map.tsx';
import classes from './graph-canvas.module.css';

/** Above this many steps the map shows no more than a grey field. */
const mapUpTo = 5000;
export const fitOptions = { padding: 0.12, maxZoom: 1, duration: 200 } as const;

/** Zoom, fit and the little map, at the bottom left. */
export function CanvasTools({ stepCount, hint }: { readonly stepCount: number; readonly hint?: (command: 'fit') => string }) {
  const flow = useReactFlow();
  const isNarrow = useIsNarrow();
  const [isMapWanted, setIsMapWanted] = useState(true);
  const canShowMap = stepCount > 0 && stepCount <= mapUpTo && !isNarrow;
  return (
    <>
      {canShowMap && isMapWanted && <MiniMap />}
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
export const Tool = memo(function Tool({ label, icon: Icon, onClick, isOn, isDisabled = false }: ToolProps) {
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
});

function ZoomValue() {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return <span className={classes.zoomValue}>{percent} %</span>;
}
