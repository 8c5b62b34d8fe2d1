import { useEditorState } from '../store/editor-context.tsx';
import { StepSetting } from './setting-fields.tsx';
import { SettingRow } from './setting-row.tsx';
import { TypedText } from './typed-text.tsx';
import { useSetSetting } from './use-set-setting.ts';
import classes from './inspector.module.css';

/** How much of the pipeline runs at once and for how long, and what comes first and last. */
export function PipelineLimits() {
  const settings = useEditorState((state) => state.content.document.settings);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const set = useSetSetting();
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
      <StepSetting field="on_init" label="First step" name="First step, which all others wait for" says="Set the first step" />
      <StepSetting field="on_finalize" label="Last step" name="Last step, which runs whatever became of the others" says="Set the last step" />
    </>
  );
}
