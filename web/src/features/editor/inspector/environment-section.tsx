import type { Component } from '@pipewright/shared/component/component.ts';
import { EnvironmentReference } from '@pipewright/shared/component/environment.ts';
import { parseNamedVersion } from '@pipewright/shared/asset/asset-reference.ts';
import { curatedName } from '@pipewright/shared/component/environment-reference.ts';
import type { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { componentOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { IconAlertOctagonFilled, IconCheck, IconLoader2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { memo } from 'react';
import { environmentsQuery } from '../../../api/environments.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { fieldsOf } from '../model/sweep-form.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { showsSame } from './shows-same.ts';
import classes from './inspector.module.css';

/** Where the step's packages come from, and whether they are there. */
export const EnvironmentSection = memo(function EnvironmentSection({ step }: { readonly step: Step }) {
  const own = componentOf(step);
  const component = useEditorState((state) => (typeof own === 'string' ? state.components[own] : own));
  const reference = step.environment ?? EnvironmentReference.safeParse(fieldsOf(step.task)['environment']).data ?? ofComponent(component);
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
}, showsSame);

function ofComponent(component: Component | undefined): EnvironmentReference | undefined {
  if (component === undefined || component.type === 'pipeline') return undefined;
  return component.type === 'parallel' ? component.task.environment : component.environment;
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

const nameOf = (reference: Extract<EnvironmentReference, string>): string =>
  parseNamedVersion(reference, 'environment')?.name ?? reference.replace(/^file:/, '');

function findEnvironment(environments: readonly RegisteredEnvironment[], reference: string): RegisteredEnvironment | undefined {
  const asked = parseNamedVersion(reference, 'environment');
  if (!asked) return undefined;
  const exact = environments.filter(({ name }) => name === asked.name);
  const named = exact.length > 0 ? exact : environments.filter(({ name }) => name === curatedName(asked.name));
  return named.find(({ version }) => version === asked.version) ?? named.at(-1);
}
