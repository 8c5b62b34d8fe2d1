import { PipelineSettings as Settings } from '@pipewright/shared/pipeline/pipeline.ts';
import { Switch } from '@mantine/core';
import { Section } from '../../../ui/panels/section.tsx';
import { useEditorState } from '../store/editor-context.tsx';
import { PipelineLimits } from './pipeline-limits.tsx';
import { SettingRow } from './setting-row.tsx';
import { TextSetting } from './setting-fields.tsx';
import { useSetSetting } from './use-set-setting.ts';
import classes from './inspector.module.css';

/** How the pipeline runs: every key of its `settings`. */
export function PipelineSettings() {
  const settings = useEditorState((state) => state.content.document.settings);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const set = useSetSetting();
  const goesOn = settings.continue_on_step_failure !== false;
  const isForced = settings.force_rerun === true;
  return (
    <Section title="Settings" summary={`${goesOn ? 'goes on after a failure' : 'stops at a failure'}${isForced ? ' · never reuses' : ''}`}>
      <SettingRow field="continue_on_step_failure" label="On failure" hint="What reads the failed step does not run either way.">
        <Switch
          size="xs"
          label="Other branches go on"
          checked={goesOn}
          disabled={isReadOnly}
          onChange={(event) => set('continue_on_step_failure', event.currentTarget.checked ? undefined : false, { label: 'Set what happens on failure' })}
        />
      </SettingRow>
      <SettingRow field="force_rerun" label="Reuse">
        <Switch
          size="xs"
          label="Run every step, ignore earlier results"
          checked={isForced}
          disabled={isReadOnly}
          onChange={(event) => set('force_rerun', event.currentTarget.checked ? true : undefined, { label: 'Set reuse' })}
        />
      </SettingRow>
      <PipelineLimits />
      <TextSetting
        field="default_compute"
        label="Default compute"
        placeholder="local"
        hint="Kept for Azure. Here every step runs on this machine."
        says="Set the default compute"
      />
      <TextSetting
        field="default_datastore"
        label="Default datastore"
        placeholder="workspaceblobstore"
        hint="Fills ${{default_datastore}} in the paths of outputs."
        says="Set the default datastore"
      />
      <KeptForAzure />
    </Section>
  );
}

/** What a file says besides, so that nobody takes it for something that counts here. */
function KeptForAzure() {
  const settings = useEditorState((state) => state.content.document.settings);
  const identity = useEditorState((state) => state.content.document['identity']);
  const kept = [...Object.keys(settings).filter((key) => !Object.hasOwn(Settings.shape, key)), ...(identity === undefined ? [] : ['identity'])];
  if (kept.length === 0) return null;
  return (
    <p className={`pw-sm pw-muted ${classes.block ?? ''}`}>
      Kept for Azure, without effect here: <span className="pw-mono">{kept.join(', ')}</span>
    </p>
  );
}
