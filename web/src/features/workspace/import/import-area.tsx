import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import classes from '../workspace.module.css';
import { filesOfDrop, filesOfList } from './brought-files.ts';
import { ImportContext } from './import-context.ts';
import { ImportDialog } from './import-dialog.tsx';
import { ImportResult } from './import-result.tsx';
import { type Bring, useBring } from './use-bring.ts';

/** Wraps a page on which pipelines can be chosen, dropped or pasted: files, folders, archives, YAML. */
export function ImportArea({ children }: { readonly children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const bring = useBring(() => setIsOpen(false));
  const value = useMemo(() => ({ open: () => setIsOpen(true) }), []);
  usePaste({ isOn: !isOpen && bring.outcome === null, bring });

  const handleDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsOver(true);
  };
  const handleDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    filesOfDrop(event.dataTransfer).then(bring.files, (error: unknown) => showToast({ text: `Not imported: ${messageOf(error)}` }));
  };

  return (
    <ImportContext value={value}>
      <div style={{ display: 'contents' }} onDragEnter={handleDrag}>
        {children}
      </div>
      <ImportDialog isOpen={isOpen} isBusy={bring.isBusy} onFiles={bring.files} onText={bring.text} onClose={() => setIsOpen(false)} onDragEnter={handleDrag} />
      <ImportResult
        outcome={bring.outcome}
        isBusy={bring.isBusy}
        onAdd={bring.add}
        onClose={bring.forget}
        onAgain={() => {
          bring.forget();
          setIsOpen(true);
        }}
      />
      {isOver && (
        <div className={classes.dropTarget} onDragOver={(event) => event.preventDefault()} onDragLeave={() => setIsOver(false)} onDrop={handleDrop}>
          <div className={`pw-card ${classes.dropCard}`} style={{ pointerEvents: 'none' }}>
            <IconFileImport size={20} stroke={1.8} aria-hidden />
            Drop a pipeline’s YAML, its folder or a zip to make a draft of it
          </div>
        </div>
      )}
    </ImportContext>
  );
}

/** Ctrl+V anywhere on the page, but in a field. */
function usePaste({ isOn, bring }: { readonly isOn: boolean; readonly bring: Bring }): void {
  const latest = useRef(bring);
  useEffect(() => {
    latest.current = bring;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const handlePaste = (event: ClipboardEvent): void => {
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]')) return;
      const files = filesOfList(event.clipboardData?.files ?? null);
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) latest.current.files(files);
      // A word that was copied elsewhere is no pipeline.
      else if (/^\s*["']?[\w$-]+["']?\s*:/m.test(text)) latest.current.text(text);
      else return;
      event.preventDefault();
    };
    document.addEventListener('paste', handlePaste);
    return () => document.removeEventListener('paste', handlePaste);
  }, [isOn]);
}
