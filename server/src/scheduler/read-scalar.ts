import { readFile, stat } from 'node:fs/promises';
import type { ScalarType } from '@pipewright/shared/component/port-type.ts';
import type { Scalar } from '@pipewright/shared/json.ts';

/** A value goes into bindings, conditions and the database: more is data. */
const mostBytes = 65_536;

/** What a step wrote to an output that is a value: the text of the file, read as its type says; or what is wrong with it. */
export async function readScalar(path: string, name: string, type: ScalarType): Promise<{ readonly value: Scalar } | string> {
  const info = await stat(path);
  if (!info.isFile()) return `Output ${name} is a ${type} and must be written to one file, but there is a folder.`;
  if (info.size > mostBytes)
    return `Output ${name} is a ${type} and holds ${info.size} bytes; a value has ${mostBytes} at most. Give the output a type of data.`;
  const text = (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  const value = valueOf(text, type);
  return value === null ? `Output ${name} is to be a ${type}, but the step wrote "${shorten(text)}".` : { value };
}

function valueOf(text: string, type: ScalarType): Scalar | null {
  const trimmed = text.trim();
  switch (type) {
    case 'string':
      return text;
    case 'number':
      return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : null;
    case 'integer':
      return /^[+-]?\d+$/.test(trimmed) && Number.isSafeInteger(Number(trimmed)) ? Number(trimmed) : null;
    case 'boolean':
      return /^(true|1)$/i.test(trimmed) ? true : /^(false|0)$/i.test(trimmed) ? false : null;
  }
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
