import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHistory, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useStepRun } from '../realtime/run-store.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import { Chip } from '../ui/feedback/chip.tsx';
import { PortGlyph } from '../ui/graph/port-glyph.tsx';
import { PanelEdge } from '../ui/panels/panel-edge.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { CopyButton } from '../ui/text/copy-button.tsx';
import { describeArtifact } from './describe-artifact.ts';
import { DownloadOutput } from './download-output.tsx';
import { MissingOutput } from './missing-output.tsx';
import { OutputPreview } from './output-preview.tsx';
import { type PreviewTarget, usePreviewTarget } from './preview-target.ts';
import classes from './preview.module.css';

interface PreviewDrawerProps {
  /** The run whose data is shown; null while there is none. */
  readonly run: string | null;
  /** How a step is called, and the types of its outputs. */
  readonly describe: (step: string) => { readonly title: string; readonly outputs: Readonly<Record<string, PortType>> } | null;
  /** Why the step would give something else by now; null where it would not. */
  readonly changedSince?: ((step: string) => string | null) | undefined;
}

const defaultHeight = 420;
const graphHeight = 216;
const limits = { min: 200, max: 1400 } as const;

/** The data on a port, from the bottom of the page, with the graph still in sight above it. */
export function PreviewDrawer({ run, describe, changedSince }: PreviewDrawerProps) {
  const { target, close } = usePreviewTarget();
  const described = target && describe(target.step);
  const type = target && described?.outputs[target.port];
  if (!target || !described || !type) return null;
  return (
    <OpenDrawer
      key={`${target.step}.${target.port}`}
      run={run}
      target={target}
      title={described.title}
      type={type}
      changed={changedSince?.(target.step) ?? null}
      onClose={close}
    />
  );
}

interface OpenDrawerProps {
  readonly run: string | null;
  readonly target: PreviewTarget;
  readonly title: string;
  readonly type: PortType;
  readonly changed: string | null;
  readonly onClose: () => void;
}

function OpenDrawer({ run, target, title, type, changed, onClose }: OpenDrawerProps) {
  const height = usePreferences((state) => state.panelSizes['preview'] ?? defaultHeight);
  const setPanelSize = usePreferences((state) => state.setPanelSize);
  const drawer = useRef<HTMLElement>(null);
  const stepRun = useStepRun(run, target.step);
  const artifact = stepRun && 'outputs' in stepRun ? stepRun.outputs[target.port] : undefined;
  const output = run !== null && artifact ? { run, step: target.step, port: target.port } : null;

  useEffect(() => drawer.current?.focus(), []);
  useCommands('preview', [{ id: 'preview.close', title: 'Close the preview', group: 'View', keys: 'Escape', areKeysFixed: true, run: onClose }]);
  return (
    <section
      ref={drawer}
      className={classes.drawer}
      style={{ height, maxHeight: `calc(100% - ${graphHeight / 2}px)` }}
      aria-label={`Preview of ${title}, ${target.port}`}
      data-pane
      data-preview
      tabIndex={-1}
    >
      <PanelEdge
        label="Height of the preview"
        edge="top"
        size={height}
        limits={limits}
        onResize={(size) => setPanelSize('preview', Math.max(limits.min, size))}
      />
      <header className={classes.head}>
        <PortGlyph type={type} size={14} />
        <h2 className="pw-clip">{title}</h2>
        <span className="pw-t2">{target.port}</span>
        <Chip>
          <span className="pw-mono">{type}</span>
        </Chip>
        {artifact && <span className="pw-t2 pw-num pw-clip">{describeArtifact(artifact)}</span>}
        {run !== null && artifact && (
          <Link className={`${classes.ofRun} pw-link`} to={`/runs/${run}`}>
            Run {run}
          </Link>
        )}
        {artifact && changed !== null && (
          <Tooltip label={changed} multiline maw={320}>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its reason is read by keyboard too */}
            <span tabIndex={0}>
              <Chip tone="warn">
                <IconHistory size={13} stroke={1.8} aria-hidden /> changed since
              </Chip>
            </span>
          </Tooltip>
        )}
        <span className="pw-grow" />
        {artifact && (
          <>
            <span className={`${classes.hash} pw-mono`}>sha256:{artifact.hash.slice(0, 8)}…</span>
            <CopyButton text={artifact.hash} label="Copy the content hash" />
          </>
        )}
        {output && artifact && <DownloadOutput output={output} artifact={artifact} />}
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close the preview" onClick={onClose}>
            <IconX size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes.body}>{output ? <OutputPreview output={output} form="full" /> : <MissingOutput stepRun={stepRun} title={title} />}</div>
    </section>
  );
}
