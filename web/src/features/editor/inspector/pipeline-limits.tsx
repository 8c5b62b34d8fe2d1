import { Select } from '@mantine/core';
import { useEditorState } from '../store/editor-context.tsx';
import { SettingRow } from './setting-row.tsx';
import { TypedText } from './typed-text.tsx';
import { useStepChoices } from './use-step-choices.ts';
import { useSetSetting } from './use-set-setting.ts';
import classes from './inspector.module.css';

/** How much of the pipeline runs at once and for how long, and what comes first and last. */
export function PipelineLimits() {
  const { settings, jobs } = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const set = useSetSetting();
  const steps = Object.entries(jobs).map(([key, { display_name }]) => ({ value: key, label: display_name ?? key }));
  const first = useStepChoices(steps, settings.on_init === undefined ? [] : [settings.on_init]);
  const last = useStepChoices(steps, settings.on_finalize === undefined ? [] : [settings.on_finalize]);
  return (
    <>
      <SettingRow field="max_parallel" label="At once">
        <TypedText
          field="pipeline.max_parallel"
          label="Steps at once"
          isNumber
          placeholder="as slots allow"
          beside={<span className={classes.unit}>steps</span>}
          besideWidth={52}
          value={String(settings.max_parallel ?? '')}
          isReadOnly={isReadOnly}
          onType={(text, gesture) =>
            set('max_parallel', /^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : undefined, { label: 'Set how many steps run at once', gesture })
          }
        />
      </SettingRow>
      <SettingRow field="timeout" label="Time limit">
        <TypedText
          field="pipeline.timeout"
          label="Time limit of a run"
          isNumber
          placeholder="none"
          beside={<span className={classes.unit}>seconds</span>}
          besideWidth={64}
          value={String(settings.timeout ?? '')}
          isReadOnly={isReadOnly}
          onType={(text, gesture) =>
            set('timeout', Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : undefined, { label: 'Set the time limit', gesture })
          }
        />
      </SettingRow>
      <SettingRow field="on_init" label="First step">
        <Select
          size="xs"
          aria-label="First step, which all others wait for"
          placeholder="none"
          searchable
          {...first}
          value={settings.on_init ?? null}
          disabled={isReadOnly}
          clearable
          onChange={(key) => set('on_init', key ?? undefined, { label: 'Set the first step' })}
        />
      </SettingRow>
      <SettingRow field="on_finalize" label="Last step">
        <Select
          size="xs"
          aria-label="Last step, which runs whatever became of the others"
          placeholder="none"
          searchable
          {...last}
          value={settings.on_finalize ?? null}
          disabled={isReadOnly}
          clearable
          onChange={(key) => set('on_finalize', key ?? undefined, { label: 'Set the last step' })}
        />
      </SettingRow>
    </>
  );
}
