import type { CodeLanguage } from '../../../ui/code/code-field.tsx';

const languages: Readonly<Record<string, CodeLanguage>> = { py: 'python', sql: 'sql', yml: 'yaml', yaml: 'yaml', json: 'json' };

/** By the end of a file's name. */
export const languageOf = (path: string): CodeLanguage => languages[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'text';
