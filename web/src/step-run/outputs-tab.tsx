import { isDataType } from '@pipewright/shared/component/port-type.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconPackageOff, IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { assetsOfStepQuery } from '../api/assets.ts';
import type { StepAddress } from '../api/step-runs.ts';
import { AssetLinks } from '../assets/asset-links.tsx';
import { RegisterDialog, type RegisterSource } from '../assets/register-dialog.tsx';
import { describeArtifact } from '../preview/describe-artifact.ts';
import { OutputPreview } from '../preview/output-preview.tsx';
import { usePreviewTarget } from '../preview/preview-target.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { PortGlyph } from '../ui/graph/port-glyph.tsx';
import classes from './step-run.module.css';

interface OutputsTabProps {
  readonly address: StepAddress;
  readonly step: ResolvedStep;
  readonly stepRun: StepRun;
}

/** What the step put out, each with a look into it. */
export function OutputsTab({ address, step, stepRun }: OutputsTabProps) {
  const { open } = usePreviewTarget();
  const { data: assets = [] } = useQuery(assetsOfStepQuery(address));
  const [chosen, setChosen] = useState<string | null>(null);
  const artifacts = 'outputs' in stepRun ? stepRun.outputs : {};
  const outputs = Object.entries(step.outputs);
  if (outputs.length === 0) {
    return <EmptyState icon={IconPackageOff} title="No outputs" hint="This step is run for what it does: its component declares no outputs." />;
  }
  return (
    <div className={classes.scroll}>
      {outputs.map(([port, { type }]) => {
        const artifact = artifacts[port];
        return (
          <section key={port} className={classes.output} aria-label={`Output ${port}`} data-output={port}>
            <header className="pw-row">
              <PortGlyph type={type} isConnected={artifact !== undefined} />
              <strong className="pw-med">{port}</strong>
              <span className="pw-xs pw-muted pw-mono">{type}</span>
              <span className="pw-xs pw-muted pw-num pw-clip" style={{ marginLeft: 'auto' }}>
                {artifact ? describeArtifact(artifact) : 'collected when the step ends'}
              </span>
              <AssetLinks assets={assets.filter((asset) => asset.role === 'output' && asset.port === port)} />
              {artifact && isDataType(artifact.type) && (
                <Tooltip label="Register under a name">
                  <ActionIcon aria-label={`Register ${port}…`} onClick={() => setChosen(port)}>
                    <IconTag size={15} stroke={1.8} />
                  </ActionIcon>
                </Tooltip>
              )}
              {artifact && (
                <Tooltip label="Open in the preview">
                  <ActionIcon aria-label={`Preview ${port}`} onClick={() => open({ step: address.step, port })}>
                    <IconArrowsMaximize size={15} stroke={1.8} />
                  </ActionIcon>
                </Tooltip>
              )}
            </header>
            {artifact && <OutputPreview output={{ ...address, port }} form="inline" />}
          </section>
        );
      })}
      <RegisterDialog source={sourceOf(address, chosen, artifacts)} name={chosen ?? ''} onClose={() => setChosen(null)} />
    </div>
  );
}

function sourceOf({ run, step }: StepAddress, port: string | null, artifacts: Readonly<Record<string, Artifact>>): RegisterSource | null {
  const type = port === null ? undefined : artifacts[port]?.type;
  return port !== null && type !== undefined && isDataType(type) ? { from: 'output', output: { run, step, port }, type } : null;
}
