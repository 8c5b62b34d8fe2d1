import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { firstProblemOf } from '../../../api/api-error.ts';
import { codeQuery, type CodePlace, useIsSavingCode, useSaveCode } from '../../../api/component-code.ts';
import { newerThan } from '../../../canvas/newer-component.ts';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useChangesOf } from './code-edits.ts';
import { useWrittenAt } from './component-edits.ts';
import { nameOfCoded } from './code-place.ts';
import { moveEdits } from './forget-edits.ts';
import { ReviewedChanges } from './reviewed-changes.tsx';
import { takeVersion, usesOf } from './take-version.ts';
import { useWrittenComponent } from './use-written-component.ts';
import type { MoveWishes } from './version-moves.ts';
import { renamesIn } from './written-component.ts';
import classes from './code.module.css';

interface SaveCodeProps {
  readonly step: string;
  readonly place: CodePlace;
  /** Where wires and values go that were put elsewhere by hand. */
  readonly chosen: MoveWishes['chosen'];
  readonly onChoose: (chosen: MoveWishes['chosen']) => void;
  readonly onBack: () => void;
}

/** What is changed, line by line, and what becomes of the step's wires, before it becomes the next version that the step uses. */
export function SaveCode({ step, place, chosen, onChoose, onBack }: SaveCodeProps) {
  const { store } = useEditor();
  const changes = useChangesOf(place);
  const { data: code } = useQuery(codeQuery(place));
  const written = useWrittenAt(place);
  const inWork = useWrittenComponent(place);
  const save = useSaveCode(place);
  const isSaving = useIsSavingCode(place);
  const others = useEditorState((state) => usesOf(state.content.document.jobs, place.component).filter((key) => key !== step).length);
  const newer = useEditorState((state) => newerThan(place.component, state.components)?.version ?? null);
  const [takesOthers, setTakesOthers] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isBuiltIn = code?.whyNotEdited !== null && code?.whyNotEdited !== undefined;
  const component = useEditorState((state) => state.components[place.component]);
  const isChanged = Object.keys(changes).length > 0 || (inWork?.changes ?? null) !== null;
  const own = component ? nameOfCoded({ reference: place.component, component }) : '';
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? (isBuiltIn ? `${own}_own` : own);
  const wrongName = !isAssetName(name)
    ? 'Only letters, digits, dots, dashes and underscores'
    : isBuiltIn && name === own
      ? 'Another name than the original'
      : null;
  const wishes = { renames: inWork ? renamesIn(inWork.written) : new Map<string, string>(), chosen };
  const submit = async (): Promise<void> => {
    setRefusal(null);
    const { overlay } = store.getState();
    try {
      const made = await save.mutateAsync({ files: changes, name, declares: inWork?.changes ?? null });
      store.getState().close(overlay);
      takeVersion(store, { place, step, takesOthers, wishes }, made);
      moveEdits(place, { files: changes, written }, made);
    } catch (error) {
      setRefusal(firstProblemOf(error));
    }
  };
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ReviewedChanges step={step} place={place} component={inWork} files={code?.files.map(({ path }) => path) ?? []} wishes={wishes} onChoose={onChoose} />
      <div className={classes.saving}>
        <TextInput
          label="Name of the component"
          classNames={{ input: 'pw-mono' }}
          value={name}
          error={wrongName}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {others > 0 && (
          <Checkbox
            label={`Use it in ${countOf(others, 'other step')} of the pipeline with this version as well`}
            checked={takesOthers}
            onChange={(event) => setTakesOthers(event.currentTarget.checked)}
          />
        )}
        {newer !== null && <p className="pw-sm pw-t2">Version {newer} is registered already. What it changed is not in what you save here.</p>}
        {isBuiltIn && <p className="pw-sm pw-t2">{code.whyNotEdited}</p>}
      </div>
      {refusal !== null && <Refusal>{refusal}</Refusal>}
      <DialogFoot>
        <Button variant="default" disabled={isSaving} onClick={onBack}>
          Back to the code
        </Button>
        <Button type="submit" data-autofocus loading={isSaving} disabled={wrongName !== null || !isChanged}>
          {name === own ? 'Save the next version' : 'Save as a component'}
        </Button>
      </DialogFoot>
    </form>
  );
}
