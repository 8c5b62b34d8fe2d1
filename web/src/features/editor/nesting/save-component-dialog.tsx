import { diffInterfaces } from '@pipewright/shared/component/diff-interfaces.ts';
import { formatComponentReference, parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { toPipelineComponent } from '@pipewright/shared/draft/to-pipeline-component.ts';
import type { ComponentVersion, Draft } from '@pipewright/shared/http/drafts.ts';
import { DraftId } from '@pipewright/shared/ids.ts';
import { componentReferenceOf } from '@pipewright/shared/pipeline/step.ts';
import { Checkbox, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useRegisterComponent } from '../../../api/components.ts';
import { draftQuery, useDeleteDraft } from '../../../api/drafts.ts';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { DialogForm } from '../overlays/dialog-form.tsx';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectTitle } from '../store/selectors.ts';
import { InterfaceChanges } from './interface-changes.tsx';
import { useOuterStep } from './outer-draft.ts';
import type { PendingUpgrade } from './pending-upgrade.ts';
import classes from './nesting.module.css';

/** Registers the edited sub-pipeline as the next version, and takes the steps along that are to use it. */
export function SaveComponentDialog() {
  const { store, editedComponent } = useEditor();
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title={`Save as a new version of ${editedComponent?.name ?? ''}`} size={560} centered>
      {editedComponent && <SaveComponentForm edited={editedComponent} onClose={close} />}
    </Modal>
  );
}

function SaveComponentForm({ edited, onClose }: { readonly edited: ComponentVersion; readonly onClose: () => void }) {
  const { draftId, saver, store } = useEditor();
  const navigate = useNavigate();
  const outer = useOuterStep();
  const { data: outerDraft } = useQuery({ ...draftQuery(outer?.draft ?? ''), enabled: outer !== null });
  const title = useEditorState(selectTitle);
  const content = useEditorState((state) => state.content);
  const components = useEditorState((state) => state.components);
  const problems = useDerived((derived) => derived.problems);
  const register = useRegisterComponent();
  const remove = useDeleteDraft();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const uses = outerDraft ? usesOf(outerDraft, edited.name) : [];
  const chosen = uses.filter(({ step }) => !left.has(step)).map(({ step }) => step);
  // What it is given is the matter of the steps that use it.
  const wrong = problems.filter(({ severity, code }) => severity === 'error' && code !== 'missing-pipeline-input');
  const old = components[formatComponentReference(edited.name, edited.version)];
  const component = toPipelineComponent(content, components, { name: edited.name, title, description: content.document.description });
  const submit = async (): Promise<string | null> => {
    const { overlay } = store.getState();
    const flushed = await saver.flush();
    if (!flushed.ok) return flushed.message;
    const made = await register.mutateAsync({ component, draft: DraftId.parse(draftId) });
    store.getState().close(overlay);
    const upgrade: PendingUpgrade | null = chosen.length > 0 ? { upgrade: { steps: chosen, reference: made.reference } } : null;
    void navigate(outer ? `/drafts/${outer.draft}` : '/components', { state: upgrade });
    showToast({ text: `${title} is registered as version ${made.version}` });
    // It has become a version; restoring it is one press away as long as the list of drafts says so.
    remove.mutate(draftId);
    return null;
  };
  return (
    <DialogForm
      verb={chosen.length > 0 ? `Save and upgrade ${countOf(chosen.length, 'step')}` : 'Save the version'}
      isVerbFirst
      isDisabled={wrong.length > 0}
      onSubmit={submit}
      onCancel={onClose}
    >
      <p className="pw-sm pw-t2">A version never changes once it is registered. Steps that are not upgraded go on using theirs.</p>
      {old && <InterfaceChanges changes={diffInterfaces(old, component)} />}
      {uses.length > 0 && (
        <section aria-label="Steps to upgrade">
          <h3 className={classes.portsTitle}>Upgrade in {outerDraft?.name}</h3>
          <StepsToUpgrade uses={uses} left={left} onLeave={setLeft} />
        </section>
      )}
      {outer?.step.includes('/') === true && (
        <p className="pw-sm pw-t2">It lies inside another sub-pipeline, which uses the new version once that one is edited and upgraded itself.</p>
      )}
      {wrong.length > 0 && <Refusal>{countOf(wrong.length, 'problem')} to solve first: they are listed at the bottom of the designer.</Refusal>}
    </DialogForm>
  );
}

interface Use {
  readonly step: string;
  readonly title: string;
  readonly version: string;
}

interface StepsToUpgradeProps {
  readonly uses: readonly Use[];
  /** Those that go on using their version. */
  readonly left: ReadonlySet<string>;
  readonly onLeave: (left: ReadonlySet<string>) => void;
}

function StepsToUpgrade({ uses, left, onLeave }: StepsToUpgradeProps) {
  return (
    <ul className={classes.upgrades}>
      {uses.map(({ step, title, version }) => (
        <li key={step}>
          <Checkbox
            label={title}
            description={`version ${version}`}
            checked={!left.has(step)}
            onChange={() => onLeave(left.has(step) ? new Set([...left].filter((other) => other !== step)) : new Set([...left, step]))}
          />
        </li>
      ))}
    </ul>
  );
}

/** The steps of a draft that use a component, with the version of each. */
function usesOf({ document }: Draft, name: string): Use[] {
  return Object.entries(document.jobs).flatMap(([step, value]) => {
    const reference = componentReferenceOf(value);
    const parsed = reference === null ? null : parseComponentReference(reference);
    return parsed?.kind === 'registered' && parsed.name === name ? [{ step, title: value.display_name ?? step, version: parsed.version }] : [];
  });
}
