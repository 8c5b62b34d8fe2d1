import { ReusePolicy } from '@pipewright/shared/pipeline/step-control.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { countOf } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { showsSame } from './shows-same.ts';
import { TypedText } from './typed-text.tsx';
import classes from './inspector.module.css';

interface RunSettingsSectionProps {
  readonly stepKey: string;
  readonly step: Step;
}

const reuseChoices: Readonly<Record<ReusePolicy, string>> = { auto: 'By content', always: 'Always the newest result', never: 'Never reused' };

/** Where the step runs, whether earlier results may stand in, and what its process finds in its environment. */
export const RunSettingsSection = memo(function RunSettingsSection({ stepKey, step }: RunSettingsSectionProps) {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const variables = step.environment_variables ?? {};
  const reuse = step.reuse ?? (step.is_deterministic === false ? 'never' : 'auto');
  // Azure's own key says the same as one of ours: only one of the two is kept.
  const setReuse = (policy: ReusePolicy): void => {
    const ops = [setField({ step: stepKey, field: 'reuse', value: policy === 'auto' ? undefined : policy })];
    if (step.is_deterministic === false) ops.push(setField({ step: stepKey, field: 'is_deterministic', value: undefined }));
    store.getState().edit(ops, { label: 'Set reuse' });
  };
  const count = Object.keys(variables).length;
  const summary = ['local', reuse === 'auto' ? null : reuseChoices[reuse].toLowerCase(), count > 0 ? countOf(count, 'variable') : null]
    .filter((part) => part !== null)
    .join(' · ');
  return (
    <Section title="Run settings" isOpenAtFirst={false} summary={summary}>
      <div className={classes.row}>
        <span className={classes.label}>Compute</span>
        <Select size="xs" aria-label="Compute" data={[{ value: 'local', label: 'local, this machine' }]} value="local" readOnly />
      </div>
      <div className={classes.row}>
        <span className={classes.label}>Reuse</span>
        <div className={classes.control}>
          <Select
            size="xs"
            aria-label="Reuse"
            data={Object.entries(reuseChoices).map(([value, label]) => ({ value, label }))}
            value={reuse}
            allowDeselect={false}
            disabled={isReadOnly}
            onChange={(choice) => setReuse(ReusePolicy.parse(choice))}
          />
        </div>
      </div>
      <Variables stepKey={stepKey} variables={variables} isReadOnly={isReadOnly} />
    </Section>
  );
}, showsSame);

type Json = string | number | boolean | null | { readonly [key: string]: string };

function setField({ step, field, value }: { readonly step: string; readonly field: string; readonly value: Json | undefined }) {
  return {
    op: 'step.setField' as const,
    step,
    field,
    ...(value === undefined ? {} : { value: value !== null && typeof value === 'object' ? { ...value } : value }),
  };
}

interface VariablesProps {
  readonly stepKey: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly isReadOnly: boolean;
}

function Variables({ stepKey, variables, isReadOnly }: VariablesProps) {
  const { store } = useEditor();
  const [name, setName] = useState('');
  const write = (next: Readonly<Record<string, string>>, gesture?: string): void => {
    const value = Object.keys(next).length === 0 ? undefined : next;
    store.getState().edit([setField({ step: stepKey, field: 'environment_variables', value })], {
      label: 'Set environment variables',
      ...(gesture === undefined ? {} : { gesture, pace: 'typing' }),
    });
  };
  const add = (): void => {
    const trimmed = name.trim();
    if (trimmed === '' || Object.hasOwn(variables, trimmed)) return;
    write({ ...variables, [trimmed]: '' });
    setName('');
  };
  return (
    <div className={classes.block}>
      <span className="pw-sm pw-t2">Environment variables</span>
      {Object.entries(variables).map(([key, value]) => (
        <div key={key} className={classes.pair}>
          <span className="pw-mono pw-clip" title={key}>
            {key}
          </span>
          <TypedText
            field={`${stepKey}.env.${key}`}
            label={`Value of ${key}`}
            value={value}
            isReadOnly={isReadOnly}
            onType={(text, gesture) => write({ ...variables, [key]: text }, gesture)}
          />
          <ActionIcon
            aria-label={`Remove ${key}`}
            disabled={isReadOnly}
            onClick={() => write(Object.fromEntries(Object.entries(variables).filter(([other]) => other !== key)))}
          >
            <IconX size={14} stroke={1.8} />
          </ActionIcon>
        </div>
      ))}
      {!isReadOnly && (
        <div className={classes.pair}>
          <TextInput
            size="xs"
            placeholder="NAME"
            aria-label="Name of a new variable"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && add()}
          />
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} stroke={1.8} />} disabled={name.trim() === ''} onClick={add}>
            Add
          </Button>
        </div>
      )}
    </div>
  );
}
