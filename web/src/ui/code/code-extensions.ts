import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { sql } from '@codemirror/lang-sql';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { drawSelection, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { CodeLanguage } from './code-field.tsx';

/** JSON is YAML. */
const languages = { python: () => python(), sql: () => sql(), yaml: () => yaml(), json: () => yaml(), text: () => [] } as const satisfies Record<
  CodeLanguage,
  () => Extension
>;

/** Only tokens: the theme follows the page by itself. */
const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--pw-ansi-magenta)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--pw-ansi-green)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--pw-ansi-blue)' },
  { tag: [tags.comment], color: 'var(--pw-text-3)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--pw-ansi-cyan)' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.variableName)], color: 'var(--pw-ansi-blue)' },
]);

/** What every editor of code here can do. */
export function codeExtensions(language: CodeLanguage): Extension {
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
