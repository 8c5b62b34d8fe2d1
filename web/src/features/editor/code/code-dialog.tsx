import { Button, Modal } from '@mantine/core';
import { IconFileOff, IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
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
import { changeCode, useChangesOf, useCodeEdits, whyNoVersion } from './code-edits.ts';
import { useComponentEdits } from './component-edits.ts';
import { forgetEdits, useMovedEdits } from './forget-edits.ts';
import { InterfacePane } from './interface-pane.tsx';
import { type ComponentInWork, useWrittenComponent } from './use-written-component.ts';
import { codedComponentOf } from './code-place.ts';
import { languageOf } from './language-of.ts';
import { SaveCode } from './save-code.tsx';
import { TestCode } from './test-code.tsx';
import type { MoveWishes } from './version-moves.ts';
import classes from './code.module.css';

interface CodeDialogProps {
  readonly step: string;
  /** The file that is shown first. */
  readonly file: string | null;
  readonly part: 'interface' | 'files';
}

/** The component of a step in a large window: its files, its ports, its command. A version never changes: what is written becomes the next one. */
export function CodeDialog({ step, file, part }: CodeDialogProps) {
  const { store, draftId } = useEditor();
  const title = useDerived((derived) => derived.views.get(step)?.title ?? step);
  const now = useEditorState((state) => codedComponentOf(state, step)?.reference ?? null);
  // The component that was opened, whatever becomes of the step meanwhile; or the version that was made of it, with what is written still.
  const [reference, setReference] = useState(now);
  useEffect(
    () =>
      useMovedEdits.subscribe(({ last }) => {
        if (last?.from.draft === draftId) setReference((shown) => (shown === last.from.component ? last.to : shown));
      }),
    [draftId],
  );
  const [view, setView] = useState<keyof typeof headings>('code');
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title={`${headings[view]} ${title}`} size="min(1180px, 94vw)" centered>
      {reference === null ? (
        <Refusal>The step carries its command itself, or is not there any more.</Refusal>
      ) : (
        <View view={view} step={step} place={{ draft: draftId, component: reference }} file={file} part={part} onView={setView} onClose={close} />
      )}
    </Modal>
  );
}

const noneChosen: MoveWishes['chosen'] = new Map();
const headings = { code: 'Code of', review: 'What is changed in', test: 'Test of' } as const;

interface ViewProps extends CodeDialogProps {
  readonly view: keyof typeof headings;
  readonly place: CodePlace;
  readonly onView: (view: keyof typeof headings) => void;
  readonly onClose: () => void;
}

function View({ view, step, place, file, part, onView, onClose }: ViewProps) {
  const goBack = (): void => onView('code');
  const [moves, setMoves] = useState({ of: place.component, chosen: noneChosen });
  const chosen = moves.of === place.component ? moves.chosen : noneChosen;
  if (view === 'review')
    return <SaveCode step={step} place={place} chosen={chosen} onChoose={(next) => setMoves({ of: place.component, chosen: next })} onBack={goBack} />;
  if (view === 'test') return <TestCode step={step} place={place} onBack={goBack} />;
  return <CodeEditor place={place} file={file} part={part} onReview={() => onView('review')} onTest={() => onView('test')} onClose={onClose} />;
}

interface CodeEditorProps extends Omit<CodeDialogProps, 'step'> {
  readonly place: CodePlace;
  readonly onReview: () => void;
  readonly onTest: () => void;
  readonly onClose: () => void;
}

function CodeEditor({ place, file, part, onReview, onTest, onClose }: CodeEditorProps) {
  const { data, error } = useQuery(codeQuery(place));
  const changes = useChangesOf(place);
  const component = useWrittenComponent(place);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const [asked, setAsked] = useState(file);
  const [shown, setShown] = useState(part);
  const files = data?.files.map(({ path }) => path) ?? [];
  const known = [...files, ...Object.keys(changes)];
  const current = asked !== null && known.includes(asked) ? asked : (known[0] ?? null);
  const isInterface = component !== null && (shown === 'interface' || current === null);
  return (
    <div className={classes.dialog}>
      {error && !data && <Refusal>{messageOf(error)}</Refusal>}
      {!data && !error && <SkeletonRows count={6} />}
      {data && (
        <div className={classes.panes}>
          <CodeFiles
            files={files}
            changes={changes}
            current={isInterface ? null : current}
            isInterfaceChanged={component?.changes !== null}
            isReadOnly={isReadOnly}
            onShow={(path) => {
              setShown(path === null ? 'interface' : 'files');
              if (path !== null) setAsked(path);
            }}
            onChange={(path, text) => changeCode(place, path, text)}
          />
          <div className={classes.editor}>
            {isInterface && <InterfacePane place={place} component={component} files={files} isReadOnly={isReadOnly} />}
            {!isInterface && current !== null && (
              <FileEditor key={current} place={place} path={current} isNew={!files.includes(current)} isReadOnly={isReadOnly} />
            )}
          </div>
        </div>
      )}
      <CodeFoot place={place} component={component} whyNotEdited={data?.whyNotEdited ?? null} onReview={onReview} onTest={onTest} onClose={onClose} />
    </div>
  );
}

interface CodeFootProps extends Pick<CodeEditorProps, 'place' | 'onReview' | 'onTest' | 'onClose'> {
  readonly component: ComponentInWork | null;
  readonly whyNotEdited: string | null;
}

function CodeFoot({ place, component, whyNotEdited, onReview, onTest, onClose }: CodeFootProps) {
  const changes = useChangesOf(place);
  const count = Object.keys(changes).length;
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const areFilesKept = useCodeEdits((edits) => edits.isKept);
  const isComponentKept = useComponentEdits((edits) => edits.isKept);
  const close = useRef<HTMLButtonElement>(null);
  const throwAway = (): void => {
    // The button goes away with the changes; without the keyboard in the window the next keys would be the canvas's.
    close.current?.focus();
    forgetEdits(place);
  };
  const parts = [...(count === 0 ? [] : [countOf(count, 'file')]), ...(component?.changes ? ['what it takes, gives or runs'] : [])];
  const isKept = (count === 0 || areFilesKept) && (!component?.changes || isComponentKept);
  const whyNot = (component?.isRight ?? true) ? whyNoVersion(changes) : 'Something of its inputs, outputs or command is not right yet.';
  const isRight = whyNot === null;
  return (
    <DialogFoot>
      <span className={classes.said}>
        {whyNot !== null
          ? whyNot
          : parts.length === 0
            ? (whyNotEdited ?? 'This version stays as it is. What you change becomes the next one.')
            : `${parts.join(' and ')} changed${isKept ? ', kept in this browser until you save a version.' : '. This browser cannot keep it: save a version before you leave the page.'}`}
      </span>
      {parts.length > 0 && (
        <Button variant="subtle" onClick={throwAway}>
          Throw the changes away
        </Button>
      )}
      <Button variant="default" onClick={onClose} ref={close}>
        Close
      </Button>
      {component !== null && (
        <Button variant="default" leftSection={<IconFlask size={14} stroke={1.8} />} disabled={!isRight} onClick={onTest}>
          Test…
        </Button>
      )}
      <Button disabled={parts.length === 0 || !isRight || isReadOnly} onClick={onReview}>
        Review and save…
      </Button>
    </DialogFoot>
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
      onChange={(text) => changeCode(place, path, text === original && !isNew ? undefined : text)}
    />
  );
}
