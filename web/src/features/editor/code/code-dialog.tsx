import { Button, Modal } from '@mantine/core';
import { IconFileCode, IconFileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { codeQuery, codeTextQuery, type CodePlace } from '../../../api/component-code.ts';
import { CodeField } from '../../../ui/code/code-field.tsx';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { CodeFiles } from './code-files.tsx';
import { useChangesOf, useCodeEdits } from './code-edits.ts';
import { codedComponentOf } from './code-place.ts';
import { languageOf } from './language-of.ts';
import { SaveCode } from './save-code.tsx';
import classes from './code.module.css';

interface CodeDialogProps {
  readonly step: string;
  /** The file that is shown first. */
  readonly file: string | null;
}

/** The code of a step in a large window. A version never changes: what is written becomes the next one. */
export function CodeDialog({ step, file }: CodeDialogProps) {
  const { store, draftId } = useEditor();
  const title = useDerived((derived) => derived.views.get(step)?.title ?? step);
  const now = useEditorState((state) => codedComponentOf(state, step)?.reference ?? null);
  // The component that was opened, whatever becomes of the step meanwhile.
  const [reference] = useState(now);
  const [isReviewing, setIsReviewing] = useState(false);
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title={isReviewing ? `What is changed in the code of ${title}` : `Code of ${title}`} size="min(1180px, 94vw)" centered>
      {reference === null ? (
        <Refusal>The step carries its command itself, or is not there any more.</Refusal>
      ) : isReviewing ? (
        <SaveCode step={step} place={{ draft: draftId, component: reference }} onBack={() => setIsReviewing(false)} onClose={close} />
      ) : (
        <CodeEditor place={{ draft: draftId, component: reference }} file={file} onReview={() => setIsReviewing(true)} onClose={close} />
      )}
    </Modal>
  );
}

interface CodeEditorProps {
  readonly place: CodePlace;
  readonly file: string | null;
  readonly onReview: () => void;
  readonly onClose: () => void;
}

function CodeEditor({ place, file, onReview, onClose }: CodeEditorProps) {
  const { data, error } = useQuery(codeQuery(place));
  const changes = useChangesOf(place);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const change = useCodeEdits((edits) => edits.change);
  const forget = useCodeEdits((edits) => edits.forget);
  const [asked, setAsked] = useState(file);
  const files = data?.files.map(({ path }) => path) ?? [];
  const known = [...files, ...Object.keys(changes)];
  const current = asked !== null && known.includes(asked) ? asked : (known[0] ?? null);
  const count = Object.keys(changes).length;
  return (
    <div className={classes.dialog}>
      {error && !data && <Refusal>{messageOf(error)}</Refusal>}
      {!data && !error && <SkeletonRows count={6} />}
      {data && (
        <div className={classes.panes}>
          <CodeFiles
            files={files}
            changes={changes}
            current={current}
            isReadOnly={isReadOnly}
            onShow={setAsked}
            onChange={(path, text) => change(place, path, text)}
          />
          <div className={classes.editor}>
            {current === null ? (
              <EmptyState icon={IconFileCode} title="No files yet" hint="Its command is all there is. Add a file on the left." />
            ) : (
              <FileEditor key={current} place={place} path={current} isNew={!files.includes(current)} isReadOnly={isReadOnly} />
            )}
          </div>
        </div>
      )}
      <DialogFoot>
        <span className={classes.said}>
          {count === 0
            ? (data?.whyNotEdited ?? 'This version stays as it is. What you change becomes the next one.')
            : `${countOf(count, 'file')} changed, kept in this browser until you save a version.`}
        </span>
        {count > 0 && (
          <Button variant="subtle" onClick={() => forget(place)}>
            Throw the changes away
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button disabled={count === 0 || isReadOnly} onClick={onReview}>
          Review and save…
        </Button>
      </DialogFoot>
    </div>
  );
}

interface FileEditorProps {
  readonly place: CodePlace;
  readonly path: string;
  readonly isNew: boolean;
  readonly isReadOnly: boolean;
}

function FileEditor({ place, path, isNew, isReadOnly }: FileEditorProps) {
  const { data, error } = useQuery({ ...codeTextQuery(place, path), ...(isNew ? { enabled: false } : {}) });
  const changed = useChangesOf(place)[path];
  const change = useCodeEdits((edits) => edits.change);
  const original = isNew ? '' : (data?.text ?? null);
  if (error && !data) return <Refusal>{messageOf(error)}</Refusal>;
  if (changed === null) return <EmptyState icon={IconFileOff} title={`${path} is removed`} hint="Take it back on the left, or save a version without it." />;
  if (!isNew && !data) return <SkeletonRows count={8} />;
  if (original === null) return <EmptyState icon={IconFileOff} title={`${path} cannot be shown`} hint={data?.why ?? ''} />;
  return (
    <CodeField
      label={path}
      language={languageOf(path)}
      form="page"
      value={changed ?? original}
      isReadOnly={isReadOnly}
      onChange={(text) => change(place, path, text === original && !isNew ? undefined : text)}
    />
  );
}
