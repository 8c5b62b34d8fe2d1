import { indentWithTab, redoDepth, undoDepth } from '@codemirror/commands';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Annotation, EditorState, type Extension, Prec, Transaction } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, type ViewUpdate } from '@codemirror/view';
import { placeInYaml } from '@pipewright/shared/yaml/place-in-yaml.ts';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { codeExtensions } from '../../../ui/code/code-extensions.ts';
import { type Editor, useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectSoleStep } from '../store/selectors.ts';
import type { TextPlace } from '../store/ui-slice.ts';
import { toDiagnostics } from './to-diagnostics.ts';
import type { YamlSession } from './yaml-session.ts';
import codeClasses from '../../../ui/code/code.module.css';
import classes from './yaml.module.css';

interface YamlEditorProps {
  readonly session: YamlSession;
  readonly label: string;
  readonly isReadOnly: boolean;
  /** What helps who writes: completion, explanations. */
  readonly help: Extension;
}

/** Marks what did not come from the keyboard. */
const fromOutside = Annotation.define<boolean>();

/** CodeMirror on the text of a draft: marked problems, the step at the cursor selected, and changes from elsewhere taken in. */
export function YamlEditor({ session, label, isReadOnly, help }: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const editor = useEditor();

  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const extensions = [
      codeExtensions('yaml'),
      lintGutter(),
      keymap.of(lintKeymap),
      Prec.high(undoOnCanvas(editor)),
      isReadOnly ? [] : [help, highlightActiveLine(), keymap.of([indentWithTab])],
      EditorState.readOnly.of(isReadOnly),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      EditorView.updateListener.of((update) => listen(update, session, editor)),
    ];
    const opened = new EditorView({ parent, state: EditorState.create({ doc: session.text, extensions }) });
    session.attach((changes) => opened.dispatch({ changes: [...changes], annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)] }));
    setView(opened);
    return () => {
      session.attach(() => {});
      setView(null);
      opened.destroy();
    };
  }, [session, editor, label, isReadOnly, help]);

  useDiagnostics(view, session);
  useShownPlace(view, session);
  return <div ref={host} className={`${codeClasses.code} ${classes.editor}`} data-form="page" />;
}

function listen(update: ViewUpdate, session: YamlSession, { store }: Editor): void {
  if (update.docChanged && !update.transactions.every((transaction) => transaction.annotation(fromOutside))) session.edit(update.state.doc.toString());
  if (!update.view.hasFocus || !(update.selectionSet || update.docChanged)) return;
  const { path } = placeInYaml(update.state.doc.toString(), update.state.selection.main.head);
  const [top, step] = path;
  if (top === 'jobs' && typeof step === 'string' && Object.hasOwn(store.getState().content.document.jobs, step)) store.getState().select({ steps: [step] });
}

/** What was typed here is taken back key by key; when nothing of it is left, what was done to the pipeline before. */
function undoOnCanvas({ store }: Editor): Extension {
  return keymap.of([
    { key: 'Mod-z', run: (view) => undoDepth(view.state) === 0 && store.getState().undo() !== null },
    { key: 'Mod-y', mac: 'Mod-Shift-z', run: (view) => redoDepth(view.state) === 0 && store.getState().redo() !== null },
    { key: 'Mod-Shift-z', run: (view) => redoDepth(view.state) === 0 && store.getState().redo() !== null },
  ]);
}

function useDiagnostics(view: EditorView | null, session: YamlSession): void {
  const state = useStore(session.state);
  const problems = useDerived((derived) => derived.problems);
  useEffect(() => {
    // While somebody types the marks move along with the text.
    if (!view || state.kind === 'waiting') return;
    const found = state.kind === 'unreadable' ? state.problems : session.locate(problems);
    view.dispatch(setDiagnostics(view.state, toDiagnostics(view.state.doc, found)));
  }, [view, session, state, problems]);
}

/** Opens where the selected step is written, and goes where a problem is when that is asked for. */
function useShownPlace(view: EditorView | null, session: YamlSession): void {
  const { store } = useEditor();
  const place = useEditorState((state) => state.shownPlace);
  useEffect(() => {
    if (!view) return;
    const step = selectSoleStep(store.getState());
    const first: TextPlace | null = store.getState().shownPlace ?? (step === null ? null : { path: ['jobs', step] });
    if (first) show(view, session.lineOf(first));
  }, [view, session, store]);
  useEffect(() => {
    if (!view || !place) return;
    show(view, session.lineOf(place));
    store.getState().showPlace(null);
  }, [view, session, store, place]);
}

function show(view: EditorView, line: number): void {
  const { from, text } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  const anchor = from + (/^\s*/.exec(text)?.[0].length ?? 0);
  view.focus();
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
}
