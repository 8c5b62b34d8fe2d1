import type { EnvironmentReference } from '@pipewright/shared/component/environment.ts';
import { parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import type { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { IconAlertOctagonFilled, IconCheck, IconLoader2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { environmentsQuery } from '../../../api/environments.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { useEditorState } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

/** Where the step's packages come from, and whether they are there. */
export function EnvironmentSection({ step }: { readonly step: Step }) {
  const component = useEditorState((state) => (typeof step.component === 'string' ? state.components[step.component] : step.component));
  const reference = step.environment ?? (component?.type === 'command' ? component.environment : undefined);
  const { data: environments } = useQuery(environmentsQuery());
  const found = typeof reference === 'string' ? findEnvironment(environments ?? [], reference) : undefined;
  const name = reference === undefined ? 'base Python' : typeof reference === 'string' ? nameOf(reference) : (reference.name ?? 'of its own');
  const definition = found?.definition ?? (typeof reference === 'object' ? reference : undefined);
  const requirements = typeof definition?.requirements === 'string' ? [definition.requirements] : (definition?.requirements ?? []);
  return (
    <Section
      title="Environment"
      isOpenAtFirst={false}
      summary={
        <span className="pw-row">
          <span className="pw-mono pw-clip">{name}</span>
          <BuildMark environment={found} />
        </span>
      }
    >
      <dl className={classes.facts}>
        <dt>From</dt>
        <dd>{step.environment === undefined ? 'the component' : 'this step'}</dd>
        <dt>Python</dt>
        <dd>{definition?.python ?? 'any'}</dd>
        {found?.build && (
          <>
            <dt>Built</dt>
            <dd>{found.build.message ?? `by ${found.build.builder}${found.build.python === null ? '' : `, Python ${found.build.python}`}`}</dd>
          </>
        )}
      </dl>
      {requirements.length > 0 && (
        <ul className={classes.requirements} aria-label="Packages">
          {requirements.map((requirement) => (
            <li key={requirement}>{requirement}</li>
          ))}
        </ul>
      )}
      {found && (
        <p className="pw-sm">
          <Link className="pw-link" to={`/environments/${encodeURIComponent(found.name)}`}>
            Open {found.name}
          </Link>
        </p>
      )}
    </Section>
  );
}

function BuildMark({ environment }: { readonly environment: RegisteredEnvironment | undefined }) {
  if (!environment) return null;
  const icon = { size: 13, stroke: 2, 'aria-hidden': true } as const;
  switch (environment.build?.status) {
    case undefined:
      return <span>built when first used</span>;
    case 'ready':
      return (
        <>
          <IconCheck {...icon} color="var(--pw-ok)" /> ready
        </>
      );
    case 'building':
      return (
        <>
          <IconLoader2 {...icon} color="var(--pw-st-running)" /> building
        </>
      );
    case 'failed':
      return (
        <>
          <IconAlertOctagonFilled size={13} aria-hidden color="var(--pw-err)" /> failed
        </>
      );
  }
}

function nameOf(reference: Extract<EnvironmentReference, string>): string {
  const parsed = parseComponentReference(reference);
  return parsed.kind === 'registered' ? parsed.name : parsed.path;
}

function findEnvironment(environments: readonly RegisteredEnvironment[], reference: string): RegisteredEnvironment | undefined {
  const parsed = parseComponentReference(reference);
  if (parsed.kind !== 'registered') return undefined;
  const named = environments.filter(({ name }) => name === parsed.name);
  return named.find(({ version }) => version === parsed.version) ?? (parsed.version === 'latest' ? named.at(-1) : undefined);
}
