import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftExpand, IconLayoutSidebarRightExpand } from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import { useCommands } from '../commands/use-commands.ts';
import { usePreferences } from '../preferences.ts';
import { PanelEdge } from './panel-edge.tsx';
import classes from './panels.module.css';

interface ResizablePanelProps {
  /** Its size is remembered under this name. */
  readonly name: string;
  /** The accessible name of the region. */
  readonly label: string;
  readonly side: 'left' | 'right';
  readonly defaultSize: number;
  readonly children: ReactNode;
  /** Shown instead when the panel is a strip: by choice of the page, in narrow windows. */
  readonly strip?: { readonly size: number; readonly content: ReactNode } | undefined;
}

const limits = { min: 200, max: 480 } as const;

/** A pane at the side of a page: resizable by mouse and keyboard, collapsible by `[` or `]`, remembered per person. */
export function ResizablePanel({ name, label, side, defaultSize, children, strip }: ResizablePanelProps) {
  const size = usePreferences((state) => state.panelSizes[name] ?? defaultSize);
  const isCollapsed = usePreferences((state) => state.collapsedPanels[name] ?? false);
  const setPanelSize = usePreferences((state) => state.setPanelSize);
  const setPanelCollapsed = usePreferences((state) => state.setPanelCollapsed);
  const resize = useCallback((next: number) => setPanelSize(name, Math.min(limits.max, Math.max(limits.min, next))), [name, setPanelSize]);
  const toggle = (): void => setPanelCollapsed(name, !isCollapsed);
  useCommands(`panel:${name}`, [
    {
      id: `panel.${name}`,
      title: `${isCollapsed ? 'Show' : 'Hide'} ${label.toLowerCase()}`,
      group: 'View',
      keys: side === 'left' ? '[' : ']',
      run: toggle,
    },
  ]);

  if (isCollapsed) return <CollapsedPanel label={label} side={side} onOpen={toggle} />;
  if (strip) {
    return (
      <aside className={classes.panel} data-side={side} data-pane aria-label={label} tabIndex={-1} style={{ width: strip.size }}>
        {strip.content}
      </aside>
    );
  }
  return (
    <aside className={classes.panel} data-side={side} data-pane aria-label={label} tabIndex={-1} style={{ width: size }}>
      {children}
      <PanelEdge label={`Width of ${label.toLowerCase()}`} edge={side === 'left' ? 'right' : 'left'} size={size} limits={limits} onResize={resize} />
    </aside>
  );
}

interface CollapsedPanelProps {
  readonly label: string;
  readonly side: 'left' | 'right';
  readonly onOpen: () => void;
}

function CollapsedPanel({ label, side, onOpen }: CollapsedPanelProps) {
  const Icon = side === 'left' ? IconLayoutSidebarLeftExpand : IconLayoutSidebarRightExpand;
  return (
    <aside className={classes.collapsed} data-side={side} aria-label={label}>
      <Tooltip label={`Show ${label.toLowerCase()} (${side === 'left' ? '[' : ']'})`} position={side === 'left' ? 'right' : 'left'}>
        <ActionIcon onClick={onOpen} aria-label={`Show ${label.toLowerCase()}`}>
          <Icon size={16} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </aside>
  );
}
