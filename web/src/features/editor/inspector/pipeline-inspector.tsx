import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { countOf } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { freeName } from '../model/pipeline-ports.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectStepCount, selectTitle } from '../store/selectors.ts';
import { PipelineInputCard } from './pipeline-input-card.tsx';
import { PipelineOutputRow } from './pipeline-output-row.tsx';
import { PipelineSettings } from './pipeline-settings.tsx';
import { useIsFieldShown } from './use-focus-field.ts';
import { usePortOrderCommands } from './use-port-order-commands.ts';
import { PipelineTags } from './pipeline-tags.tsx';
import { TypedText } from './typed-text.tsx';
import classes from './inspector.module.css';

/** The pipeline itself: what it is called, what it takes and gives, how it runs. Shown when nothing is selected. */
export function PipelineInspector() {
  const title = useEditorState(selectTitle);
  const stepCount = useEditorState(selectStepCount);
  const { onFocus } = usePortOrderCommands();
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.title} data-fixed>
          {title}
        </h2>
        <div className="pw-xs pw-muted">Pipeline · {countOf(stepCount, 'step')}</div>
      </header>
      <div className={classes.scroll} onFocus={onFocus}>
        <DescriptionSection />
        <InputsSection />
        <OutputsSection />
        <PipelineSettings />
      </div>
    </>
  );
}

function DescriptionSection() {
  const { store } = useEditor();
  const document = useEditorState((state) => state.content.document);
  const title = useEditorState(selectTitle);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const set = (field: string, label: string) => (text: string, gesture: string) =>
    store.getState().edit([{ op: 'pipeline.setMeta', field, ...(text === '' ? {} : { value: text }) }], { label, gesture, pace: 'typing' });
  return (
    <Section title="Description" summary={document.experiment_name === undefined ? undefined : `experiment ${document.experiment_name}`}>
      <div className={classes.block}>
        <span className="pw-sm pw-t2">Name</span>
        <TypedText
          field="pipeline.name"
          label="Pipeline name"
          placeholder={title}
          value={document.display_name ?? ''}
          isReadOnly={isReadOnly}
          onType={set('display_name', 'Rename the pipeline')}
        />
      </div>
      <div className={classes.block}>
        <span className="pw-sm pw-t2">What it does</span>
        <TypedText
          field="pipeline.description"
          label="Description"
          rows={3}
          value={document.description ?? ''}
          isReadOnly={isReadOnly}
          onType={set('description', 'Describe the pipeline')}
        />
      </div>
      <div className={classes.block}>
        <span className="pw-sm pw-t2">Tags</span>
        <PipelineTags />
      </div>
      <div className={classes.block}>
        <span className="pw-sm pw-t2">Experiment, which groups its runs</span>
        <TypedText
          field="pipeline.experiment"
          label="Experiment"
          placeholder="default"
          value={document.experiment_name ?? ''}
          isReadOnly={isReadOnly}
          onType={set('experiment_name', 'Set the experiment')}
        />
      </div>
    </Section>
  );
}

function InputsSection() {
  const { store } = useEditor();
  const inputs = useEditorState((state) => state.content.document.inputs);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const names = Object.keys(inputs);
  const isWanted = useIsFieldShown(null, (name) => Object.hasOwn(inputs, name));
  const add = (): void => {
    const name = freeName('value', store.getState().content.document.inputs);
    store.getState().edit([{ op: 'pipeline.setInput', input: name, value: { type: 'string' } }], { label: `Add the input ${name}` });
  };
  return (
    <Section title="Inputs" isWanted={isWanted} summary={names.length === 0 ? 'none' : names.join(', ')}>
      {names.length === 0 && <p className="pw-sm pw-muted">Values that may differ from run to run. Make a parameter one from its menu, or add one here.</p>}
      {names.map((name) => (
        <PipelineInputCard key={name} name={name} />
      ))}
      {!isReadOnly && (
        <Button size="xs" variant="default" mt={8} leftSection={<IconPlus size={14} stroke={1.8} />} onClick={add}>
          Add an input
        </Button>
      )}
    </Section>
  );
}

function OutputsSection() {
  const outputs = useEditorState((state) => state.content.document.outputs);
  const names = Object.keys(outputs);
  return (
    <Section title="Outputs" summary={names.length === 0 ? 'none' : names.join(', ')}>
      {names.length === 0 && <p className="pw-sm pw-muted">What the pipeline hands out. Make a step’s output one from its menu.</p>}
      {names.map((name) => (
        <PipelineOutputRow key={name} name={name} />
      ))}
    </Section>
  );
}
