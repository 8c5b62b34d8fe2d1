import { indentWithTab } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeExtensions } from './code-extensions.ts';
import type { CodeFieldProps } from './code-field.tsx';
import classes from './code.module.css';

/** CodeMirror as a controlled field. */
export function CodeMirrorField({ label, value, language, isReadOnly = false, placeholder = '', form = 'field', ...on }: CodeFieldProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ value, on });
  useEffect(() => {
    latest.current = { value, on };
  });

  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          codeExtensions(language),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          placeholderText(placeholder),
          EditorState.readOnly.of(isReadOnly),
          isReadOnly ? [] : [highlightActiveLine(), keymap.of([indentWithTab])],
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              const text = update.state.doc.toString();
              if (text !== latest.current.value) latest.current.on.onChange?.(text);
            }
            if (!update.focusChanged) return;
            if (update.view.hasFocus) latest.current.on.onFocus?.();
            else latest.current.on.onBlur?.();
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [language, label, placeholder, isReadOnly]);

  useEffect(() => {
    const editor = view.current;
    // Somebody else's change, or an undo: what the person types here comes from the editor and is there already.
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={host} className={classes.code} data-form={form} data-read-only={isReadOnly || undefined} />;
}
