import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { useCreateDraft } from '../../../api/drafts.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import classes from '../workspace.module.css';
import { ImportContext } from './import-context.ts';
import { ImportProblems } from './import-problems.tsx';
import { readPipelineFile } from './read-pipeline-file.ts';

interface Outcome {
  readonly file: string;
  readonly problems: readonly Problem[];
  /** The draft that was made all the same. */
  readonly draft: string | null;
}

/** Wraps a page on which YAML files can be chosen or dropped. */
export function ImportArea({ children }: { readonly children: ReactNode }) {
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const navigate = useNavigate();
  const { mutateAsync: createDraft } = useCreateDraft();
  const value = useMemo(() => ({ choose: () => chooser.current?.click() }), []);

  const open = async (file: File): Promise<void> => {
    const read = await readPipelineFile(file);
    if (!read.content) {
      setOutcome({ file: read.name, problems: read.problems, draft: null });
      return;
    }
    const name = read.content.document.display_name ?? read.name.replace(/\.ya?ml$/i, '');
    const draft = await createDraft({ name, ...read.content });
    if (hasErrors(draft.problems)) setOutcome({ file: read.name, problems: read.locate(draft.problems), draft: draft.id });
    else void navigate(`/drafts/${draft.id}`);
  };
  const openFirst = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) open(file).catch((error: unknown) => showToast({ text: `${file.name} was not imported: ${messageOf(error)}` }));
  };
  const handleDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsOver(true);
  };
  const handleDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    openFirst(event.dataTransfer.files);
  };

  return (
    <ImportContext value={value}>
      <div style={{ display: 'contents' }} onDragEnter={handleDrag}>
        {children}
      </div>
      <input
        ref={chooser}
        type="file"
        accept=".yml,.yaml,.json"
        hidden
        aria-label="Pipeline file"
        onChange={(event) => {
          openFirst(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {isOver && (
        <div className={classes.dropTarget} onDragOver={(event) => event.preventDefault()} onDragLeave={() => setIsOver(false)} onDrop={handleDrop}>
          <div className={`pw-card ${classes.dropCard}`} style={{ pointerEvents: 'none' }}>
            <IconFileImport size={20} stroke={1.8} aria-hidden />
            Drop a pipeline’s YAML to make a draft of it
          </div>
        </div>
      )}
      <ImportProblems
        outcome={outcome}
        onClose={() => setOutcome(null)}
        onChooseAnother={value.choose}
        onOpenDraft={(draft) => void navigate(`/drafts/${draft}`)}
      />
    </ImportContext>
  );
}
