import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { IconLogin2, IconLogout } from '@tabler/icons-react';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { fittingAmong } from '../model/fitting-ports.ts';
import { bindInput, promoteInput, promoteOutput } from '../model/pipeline-ports.ts';
import type { Editor } from '../store/editor-context.tsx';
import type { Purpose } from './quick-add-purpose.ts';
import type { MenuGroup } from './search-menu.tsx';
import classes from './overlays.module.css';

/** Where a wire can end besides at a step: at the pipeline's own inputs and outputs. */
export interface PipelineChoice {
  readonly id: string;
  readonly text: string;
  readonly note: string;
  readonly choose: () => void;
}

export function pipelineChoices({ store }: Editor, wire: NonNullable<Purpose['wire']>): PipelineChoice[] {
  const { content, components, edit } = store.getState();
  const { document } = content;
  const { from, view } = wire;
  const port = { step: from.step, port: from.port };
  if (from.side === 'outputs') {
    if (view.type === null) return [];
    const { type } = view;
    const choose = (): void => {
      const { ops, name } = promoteOutput(store.getState().content.document, port, type);
      if (edit(ops, { label: `Make ${from.port} an output of the pipeline` }).ok) announce(`${name} is an output of the pipeline`);
    };
    return [{ id: 'pipeline.output', text: 'A new output of the pipeline', note: type, choose }];
  }
  const definition = interfaceOf(from.step, document, components)?.inputs[from.port];
  if (!definition) return [];
  const there = Object.entries(document.inputs).flatMap(([name, input]): PipelineChoice[] => {
    const { type } = pipelineInputValue(input);
    if (fittingAmong([{ name, label: name, type, kind: undefined, isOptional: false }], view).length === 0) return [];
    const choose = (): void => {
      if (edit([bindInput(port, name)], { label: `Connect the input ${name}` }).ok) announce(`Reads the pipeline's input ${name}`);
    };
    return [{ id: `pipeline.input.${name}`, text: name, note: 'input of the pipeline', choose }];
  });
  const promote = (): void => {
    const { ops, name } = promoteInput(store.getState().content.document, port, definition);
    if (edit(ops, { label: `Make ${from.port} an input of the pipeline` }).ok) announce(`${name} is an input of the pipeline`);
  };
  return [...there, { id: 'pipeline.input', text: 'A new input of the pipeline', note: definition.type, choose: promote }];
}

export function pipelineGroup(choices: readonly PipelineChoice[], query: string): MenuGroup[] {
  const found = choices.filter(({ text, note }) => query === '' || `${text} ${note}`.toLowerCase().includes(query.trim().toLowerCase()));
  const toItem = (choice: PipelineChoice) => ({ id: choice.id, content: <PipelineLine choice={choice} /> });
  return found.length === 0 ? [] : [{ title: 'The pipeline', items: found.map(toItem) }];
}

function PipelineLine({ choice }: { readonly choice: PipelineChoice }) {
  const Icon = choice.id === 'pipeline.output' ? IconLogout : IconLogin2;
  return (
    <>
      <Icon size={16} stroke={1.8} aria-hidden />
      <span className={classes.menuText}>
        <span>{choice.text}</span>
        <small>{choice.note}</small>
      </span>
    </>
  );
}
