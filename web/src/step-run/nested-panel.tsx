import type { Run } from '@pipewright/shared/http/runs.ts';
import type { NestedPipeline } from '@pipewright/shared/run/run-snapshot.ts';
import { Button } from '@mantine/core';
import { IconSitemap } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ResizablePanel } from '../ui/panels/resizable-panel.tsx';
import { Section } from '../ui/panels/section.tsx';
import { InnerSteps, useInnerKeys } from './inner-steps.tsx';
import { StepHead } from './step-head.tsx';
import classes from './step-run.module.css';
import { stepHref } from './step-href.ts';

interface NestedPanelProps {
  readonly run: Run;
  readonly stepKey: string;
  readonly pipeline: NestedPipeline;
  /** Where its graph is shown by itself. */
  readonly href: string;
  readonly onClose: () => void;
}

/** A step of a run that is a pipeline: its steps, where its outputs come from, and the way into it. */
export function NestedPanel({ run, stepKey, pipeline, href, onClose }: NestedPanelProps) {
  const inside = useInnerKeys(run, stepKey);
  const outputs = Object.entries(pipeline.outputs);
  return (
    <ResizablePanel name="step" label={`Pipeline: ${pipeline.displayName}`} side="right" defaultSize={428}>
      <StepHead family="other" icon="sitemap" title={pipeline.displayName} stepKey={stepKey} onClose={onClose}>
        a pipeline
      </StepHead>
      <div className={classes.scroll}>
        <div className={classes.nestedOpen}>
          <Button component={Link} to={href} leftSection={<IconSitemap size={16} stroke={1.8} aria-hidden />}>
            Open
          </Button>
        </div>
        <Section title="Steps" summary={<span className="pw-num">{inside.length}</span>}>
          <InnerSteps run={run} pipeline={stepKey} />
        </Section>
        {outputs.length > 0 && (
          <Section title="Outputs" summary={<span className="pw-num">{outputs.length}</span>}>
            <ul className={classes.nestedOutputs}>
              {outputs.map(([name, { step, output }]) => (
                <li key={name}>
                  <span className="pw-mono">{name}</span> from{' '}
                  <Link className="pw-link" to={stepHref({ run: run.id, step, tab: 'outputs' })}>
                    {step.slice(stepKey.length + 1)} · {output}
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </ResizablePanel>
  );
}
