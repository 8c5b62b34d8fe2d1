import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import type { Cut } from '@pipewright/shared/draft/cut-out.ts';
import { toPipelineComponent } from '@pipewright/shared/draft/to-pipeline-component.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { DraftId } from '@pipewright/shared/ids.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { componentsQuery, useRegisterComponent } from '../../../api/components.ts';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { offerUndo } from '../commands/offer-undo.ts';
import { DialogForm } from '../overlays/dialog-form.tsx';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { cutOutOf, subPipelineOps, titleForSteps } from './make-sub-pipeline.ts';
import { PortLines } from './port-lines.tsx';
import classes from './nesting.module.css';

/** Asks what the sub-pipeline is to be called, and shows what will go into it and come out of it. */
export function ExtractDialog({ steps }: { readonly steps: readonly string[] }) {
  const { store } = useEditor();
  const content = useEditorState((state) => state.content);
  const components = useEditorState((state) => state.components);
  const result = useMemo(() => cutOutOf({ content, components }, steps), [content, components, steps]);
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title={`Make a sub-pipeline of ${countOf(steps.length, 'step')}`} size={520} centered>
      {result.ok ? (
        <ExtractForm cut={result.cut} onClose={close} />
      ) : (
        <div className={classes.form}>
          <Refusal>{result.message}</Refusal>
          <DialogFoot>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            {result.also.length > 0 && (
              <Button
                data-autofocus
                onClick={() => {
                  const all = [...steps, ...result.also];
                  store.getState().select({ steps: all });
                  store.getState().open({ kind: 'nesting', dialog: { kind: 'extract', steps: all } });
                }}
              >
                Select {result.also.length === 1 ? 'it' : 'them'} as well
              </Button>
            )}
          </DialogFoot>
        </div>
      )}
    </Modal>
  );
}

function ExtractForm({ cut, onClose }: { readonly cut: Cut; readonly onClose: () => void }) {
  const { store, draftId } = useEditor();
  const { data: registered } = useQuery(componentsQuery('include'));
  const register = useRegisterComponent();
  const taken = useMemo(() => Object.fromEntries((registered ?? []).map(({ name }) => [name, true])), [registered]);
  const [title, setTitle] = useState(() => titleForSteps(store.getState(), cut.keys));
  const [ownName, setOwnName] = useState<string | null>(null);
  const name = ownName ?? makeStepKey(title.toLowerCase(), taken);
  const wrongName = !isAssetName(name)
    ? 'Letters, digits, dots, dashes and underscores.'
    : Object.hasOwn(taken, name)
      ? `There is a component ${name} already.`
      : null;
  const submit = async (): Promise<string | null> => {
    const { overlay, components } = store.getState();
    const component = toPipelineComponent(cut.content, components, { name, version: '1', title: title.trim() });
    const made = await register.mutateAsync({ component, draft: DraftId.parse(draftId) });
    const state = store.getState();
    const now = cutOutOf(state, cut.keys);
    // Somebody may have edited the steps while the component was registered.
    if (!now.ok || canonicalJson(now.cut) !== canonicalJson(cut)) return 'The steps were changed meanwhile. Look at them, and try again.';
    state.learnComponents({ [made.reference]: made.component });
    const { ops, key } = subPipelineOps(state, cut, { title: title.trim(), reference: made.reference });
    const done = state.edit(ops, { label: `Make a sub-pipeline of ${countOf(cut.keys.length, 'step')}` });
    if (!done.ok) return done.message;
    store.getState().close(overlay);
    state.select({ steps: [key] });
    announce(`${title.trim()} is a sub-pipeline`);
    offerUndo(store, `Made ${title.trim()}`);
    return null;
  };
  const { inputs, outputs } = cut.content.document;
  return (
    <DialogForm verb="Make the sub-pipeline" isDisabled={title.trim() === '' || wrongName !== null} onSubmit={submit} onCancel={onClose}>
      <p className="pw-sm pw-t2">The steps become one step of a new pipeline component, which other pipelines can use too. The wires stay.</p>
      <TextInput
        label="Title"
        value={title}
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label="Name of the component"
        value={name}
        error={title.trim() === '' ? null : wrongName}
        classNames={{ input: 'pw-mono' }}
        onChange={(event) => setOwnName(event.currentTarget.value)}
      />
      <div className={classes.ports}>
        <PortLines title="Goes in" ports={inputs} nothing="Nothing: it reads nothing from outside." />
        <PortLines title="Comes out" ports={outputs} nothing="Nothing: no other step reads it." />
      </div>
    </DialogForm>
  );
}
