import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconPackageOff } from '@tabler/icons-react';
import type { StepAddress } from '../../../api/step-runs.ts';
import { describeArtifact } from '../../../preview/describe-artifact.ts';
import { OutputPreview } from '../../../preview/output-preview.tsx';
import { usePreviewTarget } from '../../../preview/preview-target.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import classes from '../run.module.css';

interface OutputsTabProps {
  readonly address: StepAddress;
  readonly step: ResolvedStep;
  readonly stepRun: StepRun;
}

/** What the step put out, each with a look into it. */
export function OutputsTab({ address, step, stepRun }: OutputsTabProps) {
  const { open } = usePreviewTarget();
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
    </div>
  );
}
