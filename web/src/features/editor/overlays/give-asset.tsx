import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { addAssetAsInput, giveAsset } from '../canvas/asset-actions.ts';
import type { DataInput } from '../model/data-values.ts';
import { dataTypeOf, inputsFor, mayBeGiven } from '../model/registered-data.ts';
import { matchScore } from '../model/search-by.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { selectedKeys } from '../store/selectors.ts';
import type { Overlay } from '../store/ui-slice.ts';
import { type MenuGroup, SearchMenu } from './search-menu.tsx';
import classes from './overlays.module.css';

type GiveOverlay = Extract<Overlay, { kind: 'give-asset' }>;

interface Choice {
  readonly id: string;
  readonly text: string;
  readonly group: string;
  readonly content: ReactNode;
  readonly choose: () => void;
}

/** Where registered data, or a model, may go: an input of a step, one of the pipeline, a new one. */
export function GiveAsset({ overlay }: { readonly overlay: GiveOverlay }) {
  const editor = useEditor();
  const [query, setQuery] = useState('');
  const choices = useMemo(() => choicesFor(editor, overlay), [editor, overlay]);
  const found = choices.filter(({ text }) => query === '' || matchScore(query, { title: text, words: '' }) > 0);
  const close = (): void => editor.store.getState().open(null);
  return (
    <SearchMenu
      label={`Give ${overlay.asset.name} to`}
      placeholder="Search inputs"
      at={overlay.at}
      head={
        <div className={classes.menuHead}>
          Give <b>{overlay.asset.name}</b> version {overlay.asset.version} to…
        </div>
      }
      groups={[...Map.groupBy(found, ({ group }) => group)].map(([title, items]): MenuGroup => ({ title, items }))}
      query={query}
      onQuery={setQuery}
      onChoose={(id) => {
        close();
        choices.find((choice) => choice.id === id)?.choose();
      }}
      onClose={close}
      nothing="No input answers to that."
    />
  );
}

/** The inputs of the selected steps first, then the pipeline's, then the others. */
function choicesFor(editor: Editor, { asset, step }: GiveOverlay): Choice[] {
  const views = [...editor.derived.getState().views.values()];
  if (step !== null) {
    const only = views.filter(({ key }) => key === step);
    return stepChoices(editor, asset, { group: only[0]?.title ?? step, views: only });
  }
  const selected = new Set(selectedKeys(editor.store.getState()));
  const [chosen, others] = [views.filter(({ key }) => selected.has(key)), views.filter(({ key }) => !selected.has(key))];
  return [
    ...stepChoices(editor, asset, { group: 'Selected', views: chosen }),
    ...pipelineChoices(editor, asset),
    ...stepChoices(editor, asset, { group: 'Inputs of steps', views: others }),
  ];
}

interface StepGroup {
  readonly group: string;
  readonly views: Parameters<typeof inputsFor>[1];
}

function stepChoices(editor: Editor, asset: Asset, { group, views }: StepGroup): Choice[] {
  return inputsFor(asset, views).map(({ step, port }): Choice => {
    const input: DataInput = { step: step.key, input: port.name };
    const text = `${step.title} · ${port.label}`;
    return {
      id: `${step.key}.${port.name}`,
      text,
      group,
      content: (
        <InputLine
          text={text}
          note={port.isConnected ? 'replaces what it has' : null}
          mark={port.type && <PortGlyph type={port.type} isConnected={port.isConnected} size={12} />}
        />
      ),
      choose: () => giveAsset(editor, asset, input),
    };
  });
}

function pipelineChoices(editor: Editor, asset: Asset): Choice[] {
  const { inputs } = editor.store.getState().content.document;
  const there = Object.entries(inputs).flatMap(([name, input]): Choice[] => {
    const { type, value } = pipelineInputValue(input);
    if (!mayBeGiven(asset, { type })) return [];
    const note = value?.kind === 'data' ? `replaces ${value.reference.path}` : null;
    const content = <InputLine text={name} note={note} mark={type && <PortGlyph type={type} isConnected={value !== null} size={12} />} />;
    return [{ id: `pipeline.${name}`, text: name, group: 'The pipeline', content, choose: () => giveAsset(editor, asset, { pipelineInput: name }) }];
  });
  const text = 'A new input of the pipeline';
  const fresh = <InputLine text={text} note={dataTypeOf(asset)} mark={<IconPlus size={14} stroke={1.8} aria-hidden />} />;
  return [{ id: 'pipeline', text, group: 'The pipeline', content: fresh, choose: () => addAssetAsInput(editor, asset) }, ...there];
}

function InputLine({ text, note, mark }: { readonly text: string; readonly note: string | null; readonly mark: ReactNode }) {
  return (
    <>
      {mark}
      <span className={classes.menuText}>
        <span>{text}</span>
        {note !== null && <small>{note}</small>}
      </span>
    </>
  );
}
