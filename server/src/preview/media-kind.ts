import { extname } from 'node:path';
import { formatOf, type TableFormat } from './table-source.ts';

export type MediaKind =
  | { readonly kind: 'image'; readonly mediaType: string }
  | { readonly kind: 'table'; readonly format: TableFormat }
  | { readonly kind: 'html' }
  | { readonly kind: 'json' }
  | { readonly kind: 'text'; readonly language: string }
  | { readonly kind: 'binary' };

const images: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};
const languages: Readonly<Record<string, string>> = {
  '.md': 'markdown',
  '.py': 'python',
  '.sql': 'sql',
  '.yml': 'yaml',
  '.yaml': 'yaml',
  '.sh': 'shell',
};
/** Files that are named after their output have no extension: how they begin tells. */
const beginnings: readonly { readonly bytes: RegExp; readonly kind: MediaKind }[] = [
  { bytes: /^PAR1/, kind: { kind: 'table', format: 'parquet' } },
  { bytes: /^\u0089PNG\r\n/, kind: { kind: 'image', mediaType: 'image/png' } },
  { bytes: /^\u00FF\u00D8\u00FF/, kind: { kind: 'image', mediaType: 'image/jpeg' } },
  { bytes: /^GIF8[79]a/, kind: { kind: 'image', mediaType: 'image/gif' } },
  { bytes: /^RIFF....WEBP/s, kind: { kind: 'image', mediaType: 'image/webp' } },
  { bytes: /^\s*<svg[\s>]/i, kind: { kind: 'image', mediaType: 'image/svg+xml' } },
  { bytes: /^\s*(<!doctype html|<html[\s>])/i, kind: { kind: 'html' } },
  { bytes: /^\s*[[{]/, kind: { kind: 'json' } },
];

/** What a file is, by its name, else by how it begins. */
export function mediaKindOf(name: string, start: Buffer): MediaKind {
  const extension = extname(name).toLowerCase();
  const mediaType = images[extension];
  if (mediaType !== undefined) return { kind: 'image', mediaType };
  const format = formatOf(name);
  if (format !== undefined) return { kind: 'table', format };
  if (extension === '.html' || extension === '.htm') return { kind: 'html' };
  const isBinary = start.includes(0);
  if (extension === '.json' && !isBinary) return { kind: 'json' };
  const language = languages[extension];
  if (language !== undefined && !isBinary) return { kind: 'text', language };
  const begun = beginnings.find(({ bytes }) => bytes.test(start.toString('latin1')));
  if (begun && (extension === '' || begun.kind.kind === 'image')) return begun.kind;
  return isBinary ? { kind: 'binary' } : { kind: 'text', language: 'text' };
}
