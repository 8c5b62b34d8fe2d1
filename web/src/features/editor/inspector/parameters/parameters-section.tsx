import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { TextInput } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { countOf } from '../../../../ui/format/number.ts';
import { Section } from '../../../../ui/panels/section.tsx';
import { type FieldGroup, groupFields, isLong, type ParameterField, rememberFields, searchFields, shortBinding } from '../../model/parameter-fields.ts';
import { useDerived } from '../../store/editor-context.tsx';
import { problemsOfPorts } from '../problems-of-ports.ts';
import { useIsFieldShown } from '../use-focus-field.ts';
import { ParameterRow } from './parameter-row.tsx';
import classes from './parameters.module.css';

interface ParametersSectionProps {
  readonly stepKey: string;
  readonly step: Step;
  readonly ports: ComponentInterface;
  readonly problems: readonly Problem[];
}

/** The form of a step, made from its component's interface. A long one is searched, and what need not be set is folded away. */
export function ParametersSection({ stepKey, step, ports, problems }: ParametersSectionProps) {
  const toFields = useMemo(() => rememberFields(), []);
  const fields = useMemo(() => toFields(step, ports), [toFields, step, ports]);
  const ran = useDerived((derived) => derived.runDocument?.jobs[stepKey]);
  const problemsOf = useMemo(() => problemsOfPorts(problems), [problems]);
  const [search, setSearch] = useState('');
  const isWanted = useIsFieldShown(stepKey, (name) => fields.some((field) => field.name === name));
  // Something that is asked for must be among the rows.
  if (isWanted && search !== '') setSearch('');
  const changed = fields.flatMap((field) => (wasInRun(field, ran) === null ? [] : [field]));
  if (fields.length === 0) {
    return (
      <Section title="Parameters" summary="none">
        <p className="pw-sm pw-muted">This component has nothing to set.</p>
      </Section>
    );
  }
  const rowOf = (field: ParameterField) => (
    <ParameterRow key={field.name} step={stepKey} field={field} problems={problemsOf(field.name)} was={wasInRun(field, ran)} />
  );
  const found = searchFields(fields, search);
  return (
    <Section
      title="Parameters"
      isWanted={isWanted}
      summary={changed.length > 0 ? `${countOf(changed.length, 'parameter')} changed since the run` : countOf(fields.length, 'parameter')}
    >
      {isLong(fields) && (
        <TextInput
          size="xs"
          className={classes.search}
          placeholder={`Search ${countOf(fields.length, 'parameter')}`}
          aria-label="Search the parameters"
          leftSection={<IconSearch size={13} stroke={1.8} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || search === '') return;
            event.stopPropagation();
            setSearch('');
          }}
        />
      )}
      {search !== '' && found.length === 0 && <p className="pw-sm pw-muted">No parameter is called that.</p>}
      {search === ''
        ? groupFields(fields).map((group) =>
            group.title === null ? (
              group.fields.map(rowOf)
            ) : (
              <GroupOfRows key={group.title} stepKey={stepKey} group={group} problems={problems} rowOf={rowOf} />
            ),
          )
        : found.map(rowOf)}
    </Section>
  );
}

interface GroupOfRowsProps {
  readonly stepKey: string;
  readonly group: FieldGroup;
  readonly problems: readonly Problem[];
  readonly rowOf: (field: ParameterField) => ReactNode;
}

/** Rows under a title, folded away until they hold something. */
function GroupOfRows({ stepKey, group: { title, fields }, problems, rowOf }: GroupOfRowsProps) {
  const set = fields.filter(({ content }) => content.kind !== 'absent').length;
  const wrong = fields.filter(({ name }) => problems.some(({ port }) => port === name)).length;
  const [isOpen, setIsOpen] = useState(set > 0 || wrong > 0);
  const isWanted = useIsFieldShown(stepKey, (name) => fields.some((field) => field.name === name));
  if (isWanted && !isOpen) setIsOpen(true);
  const summary = [set === 0 ? '' : `${set} set`, wrong === 0 ? '' : countOf(wrong, 'problem')].filter((part) => part !== '').join(' · ');
  return (
    <>
      <button type="button" className={classes.group} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <IconChevronRight size={13} stroke={2} aria-hidden />
        {title}
        <span className={classes.groupSum}>{summary === '' ? fields.length : `${fields.length} · ${summary}`}</span>
      </button>
      {isOpen && fields.map(rowOf)}
    </>
  );
}

const mostSaid = 300;

/** The value that the attached run had, when it was another; null when it is the same or there is no run. */
function wasInRun(field: ParameterField, ran: Step | undefined): string | null {
  if (!ran) return null;
  const before = sayContent(classifyInput(ran.inputs[field.name]), field);
  if (before === sayContent(field.content, field)) return null;
  return before.length > mostSaid ? `${before.slice(0, mostSaid)}…` : before;
}

function sayContent(content: ParameterField['content'], { fallback }: ParameterField): string {
  switch (content.kind) {
    case 'literal':
      return String(content.value);
    case 'binding':
      return shortBinding(content.binding);
    case 'template':
      return content.text;
    default:
      return fallback === null ? 'empty' : String(fallback);
  }
}
