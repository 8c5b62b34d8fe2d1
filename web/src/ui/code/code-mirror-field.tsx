import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { sql } from '@codemirror/lang-sql';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder as placeholderText } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { CodeFieldProps, CodeLanguage } from './code-field.tsx';
import classes from './code.module.css';

const languages = { python: () => python(), sql: () => sql(), yaml: () => yaml(), text: () => [] } as const satisfies Record<CodeLanguage, () => Extension>;

/** Only tokens: the theme follows the page by itself. */
const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--pw-ansi-magenta)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--pw-ansi-green)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--pw-ansi-blue)' },
  { tag: [tags.comment], color: 'var(--pw-text-3)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--pw-ansi-cyan)' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.variableName)], color: 'var(--pw-ansi-blue)' },
]);

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
          extensionsFor(language),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          placeholderText(placeholder),
          EditorState.readOnly.of(isReadOnly),
          isReadOnly ? [] : [highlightActiveLine(), keymap.of([indentWithTab])],
          EditorView.updateListener.of((update) => {
            const text = update.state.doc.toString();
            if (update.docChanged && text !== latest.current.value) latest.current.on.onChange?.(text);
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

function extensionsFor(language: CodeLanguage): Extension {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    syntaxHighlighting(highlighting),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    languages[language](),
  ];
}
