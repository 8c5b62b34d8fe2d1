import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import { diffInterfaces } from '@pipewright/shared/component/diff-interfaces.ts';
import { parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { leftUnfilled, planReplacement, replaceOps, type NextComponent, type PortMove } from '@pipewright/shared/draft/replace-component.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { componentReferenceOf } from '@pipewright/shared/pipeline/step.ts';
import { Modal } from '@mantine/core';
import { useMemo, useState } from 'react';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { offerUndo } from '../commands/offer-undo.ts';
import { DialogForm } from '../overlays/dialog-form.tsx';
import { rememberComponent } from '../palette/recent-components.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { InterfaceChanges } from './interface-changes.tsx';
import { MoveTable } from './move-table.tsx';

interface ReplaceDialogProps {
  readonly step: string;
  readonly reference: string;
}

/** What becomes of each wire and value if the step uses another component, or another version of its own; and the choice. */
export function ReplaceDialog({ step, reference }: ReplaceDialogProps) {
  const { store } = useEditor();
  const title = useDerived((derived) => derived.views.get(step)?.title ?? step);
  const document = useEditorState((state) => state.content.document);
  const components = useEditorState((state) => state.components);
  const ports = components[reference];
  const value = document.jobs[step];
  const close = (): void => store.getState().open(null);
  const own = value ? componentReferenceOf(value) : null;
  const isUpgrade = own !== null && nameIn(own) !== null && nameIn(own) === nameIn(reference);
  const heading = isUpgrade
    ? `Upgrade ${title} to version ${versionIn(reference)}`
    : `Replace ${title} by ${ports?.display_name ?? nameIn(reference) ?? reference}`;
  return (
    <Modal opened onClose={close} title={heading} size={640} centered>
      {value && ports ? (
        <ReplaceForm
          step={step}
          next={{ reference, ports }}
          old={isUpgrade ? interfaceOf(step, document, components) : undefined}
          verb={isUpgrade ? 'Upgrade' : 'Replace'}
          heading={heading}
          onClose={close}
        />
      ) : (
        <Refusal>{value ? `The component ${reference} is not known here any more.` : 'The step is not in the pipeline any more.'}</Refusal>
      )}
    </Modal>
  );
}

const nameIn = (reference: string): string | null => {
  const parsed = parseComponentReference(reference);
  return parsed.kind === 'registered' ? parsed.name : null;
};

const versionIn = (reference: string): string => {
  const parsed = parseComponentReference(reference);
  return parsed.kind === 'registered' ? parsed.version : '';
};

interface ReplaceFormProps {
  readonly step: string;
  readonly next: NextComponent;
  /** Of another version: what it is compared with. */
  readonly old: ComponentInterface | undefined;
  readonly verb: 'Replace' | 'Upgrade';
  readonly heading: string;
  readonly onClose: () => void;
}

function ReplaceForm({ step, next, old, verb, heading, onClose }: ReplaceFormProps) {
  const { store } = useEditor();
  const document = useEditorState((state) => state.content.document);
  const components = useEditorState((state) => state.components);
  const replacement = useMemo(() => ({ document, components, key: step, next }), [document, components, step, next]);
  const planned = useMemo(() => planReplacement(replacement), [replacement]);
  const [chosen, setChosen] = useState<ReadonlyMap<string, string | null>>(new Map());
  const moves = planned.map((move): PortMove => {
    const to = chosen.get(moveId(move));
    return to === undefined ? move : { ...move, to };
  });
  const unfilled = leftUnfilled(next, moves);
  const submit = async (): Promise<string | null> => {
    const state = store.getState();
    const done = state.edit(replaceOps(replacement, moves), { label: heading });
    if (!done.ok) return done.message;
    rememberComponent(next.reference);
    onClose();
    const said = heading.replace('Replace', 'Replaced').replace('Upgrade', 'Upgraded');
    announce(said);
    offerUndo(store, said);
    return null;
  };
  return (
    <DialogForm verb={verb} isVerbFirst onSubmit={submit} onCancel={onClose}>
      {old && <InterfaceChanges changes={diffInterfaces(old, next.ports)} />}
      <MoveTable replacement={replacement} moves={moves} onMove={(move, to) => setChosen(new Map([...chosen, [moveId(move), to]]))} />
      {unfilled.length > 0 && (
        <p className="pw-sm pw-t2">
          Needs a value afterwards: <span className="pw-mono">{unfilled.join(', ')}</span>
        </p>
      )}
    </DialogForm>
  );
}

const moveId = ({ side, name }: PortMove): string => `${side} ${name}`;
