import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useEditorState } from '../store/editor-context.tsx';
import { SettingRow } from './setting-row.tsx';
import { TypedText } from './typed-text.tsx';
import { useSetSetting } from './use-set-setting.ts';
import { useStepChoices } from './use-step-choices.ts';

interface TextSettingProps {
  readonly field: 'default_compute' | 'default_datastore';
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
  /** What the history says of an edit. */
  readonly says: string;
}

/** A setting of the pipeline that is a name; empty, it is not said. */
export function TextSetting({ field, label, placeholder, hint, says }: TextSettingProps) {
  const value = useEditorState((state) => state.content.document.settings[field]);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const set = useSetSetting();
  return (
    <SettingRow field={field} label={label} hint={hint}>
      <TypedText
        field={`pipeline.${field}`}
        label={label}
        placeholder={placeholder}
        value={value ?? ''}
        isReadOnly={isReadOnly}
        onType={(text, gesture) => set(field, text.trim() === '' ? undefined : text.trim(), { label: says, gesture })}
      />
    </SettingRow>
  );
}

interface StepSettingProps {
  readonly field: 'on_init' | 'on_finalize';
  readonly label: string;
  /** The label, and what the step is for. */
  readonly name: string;
  readonly says: string;
}

/** A setting of the pipeline that names one of its steps. */
export function StepSetting({ field, label, name, says }: StepSettingProps) {
  const { settings, jobs } = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const set = useSetSetting();
  const chosen = settings[field];
  const steps = useMemo(() => Object.entries(jobs).map(([key, { display_name }]) => ({ value: key, label: display_name ?? key })), [jobs]);
  const choices = useStepChoices(steps, chosen === undefined ? [] : [chosen]);
  return (
    <SettingRow field={field} label={label}>
      <Select
        size="xs"
        aria-label={name}
        placeholder="none"
        searchable
        {...choices}
        value={chosen ?? null}
        disabled={isReadOnly}
        clearable
        onChange={(key) => set(field, key ?? undefined, { label: says })}
      />
    </SettingRow>
  );
}
