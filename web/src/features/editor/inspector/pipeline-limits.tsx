import { Select } from '@mantine/core';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { TypedText } from './typed-text.tsx';
import classes from './inspector.module.css';

/** How much of the pipeline runs at once and for how long, and what comes last. */
export function PipelineLimits() {
  const { store } = useEditor();
  const { settings, jobs } = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const set = (field: string, value: string | number | undefined, { label, gesture }: { label: string; gesture?: string }): void => {
    const op = { op: 'pipeline.setSettings' as const, field, ...(value === undefined ? {} : { value }) };
    store.getState().edit([op], { label, ...(gesture === undefined ? {} : { gesture, pace: 'typing' }) });
  };
  const steps = Object.entries(jobs).map(([key, { display_name }]) => ({ value: key, label: display_name ?? key }));
  return (
    <>
      <div className={classes.row}>
        <span className={classes.label}>At once</span>
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
      </div>
      <div className={classes.row}>
        <span className={classes.label}>Time limit</span>
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
      </div>
      <div className={classes.row}>
        <span className={classes.label}>Last step</span>
        <Select
          size="xs"
          aria-label="Last step, which runs whatever became of the others"
          placeholder="none"
          data={steps}
          value={settings.on_finalize ?? null}
          disabled={isReadOnly}
          clearable
          onChange={(key) => set('on_finalize', key ?? undefined, { label: 'Set the last step' })}
        />
      </div>
    </>
  );
}
