import type { Run } from '@pipewright/shared/http/runs.ts';
import type { NestedPipeline } from '@pipewright/shared/run/run-snapshot.ts';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconSitemap, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { ResizablePanel } from '../../../ui/panels/resizable-panel.tsx';
import { Section } from '../../../ui/panels/section.tsx';
import { Truncate } from '../../../ui/text/truncate.tsx';
import { OutlineRow } from '../outline/outline-row.tsx';
import classes from '../run.module.css';
import { stepHref } from '../step-href.ts';
import { insideHref } from '../way-inside.tsx';

interface NestedPanelProps {
  readonly run: Run;
  readonly stepKey: string;
  readonly pipeline: NestedPipeline;
  readonly tab: string;
  readonly onClose: () => void;
}

/** A step of a run that is a pipeline: its steps, where its outputs come from, and the way into it. */
export function NestedPanel({ run, stepKey, pipeline, tab, onClose }: NestedPanelProps) {
  const inside = run.steps.filter(({ key }) => key.startsWith(`${stepKey}/`));
  const outputs = Object.entries(pipeline.outputs);
  return (
    <ResizablePanel name="step" label={`Pipeline: ${pipeline.displayName}`} side="right" defaultSize={428}>
      <header className={classes.stepHead}>
        <FamilyTile family="other" icon="sitemap" size="lg" />
        <div className="pw-grow">
          <h2 className={classes.stepTitle}>
            <Truncate>{pipeline.displayName}</Truncate>
          </h2>
          <p className="pw-xs pw-muted pw-clip">
            <span className="pw-mono">{stepKey}</span> · a pipeline
          </p>
        </div>
        <Tooltip label="Close">
          <ActionIcon aria-label="Close the step" onClick={onClose}>
            <IconX size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes.scroll}>
        <div className={classes.nestedOpen}>
          <Button component={Link} to={insideHref(run.id, stepKey)} leftSection={<IconSitemap size={16} stroke={1.8} aria-hidden />}>
            Open
          </Button>
        </div>
        <Section title="Steps" summary={<span className="pw-num">{inside.length}</span>}>
          <ul className={classes.outlineList} aria-label={`Steps of ${pipeline.displayName}`}>
            {inside.map(({ key }) => (
              <OutlineRow key={key} run={run.id} step={key} title={key.slice(stepKey.length + 1)} tab={tab} isSelected={false} isNarrow={false} />
            ))}
          </ul>
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
