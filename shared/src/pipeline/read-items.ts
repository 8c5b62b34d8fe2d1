import type { Json, Scalar } from '../json.ts';

/** The items that a text stands for: a JSON list, else one a line; null for JSON of another kind. */
export function readItems(text: string): Scalar[] | null {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return trimmed === '' ? [] : trimmed.split(/\r?\n/).filter((line) => line.trim() !== '');
  try {
    const parsed: unknown = JSON.parse(trimmed);
    return Array.isArray(parsed) ? parsed.map(toItem) : null;
  } catch {
    return null;
  }
}

/** An item is a value; what is more than that goes as JSON. */
export function toItem(item: Json): Scalar {
  return typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean' ? item : JSON.stringify(item);
}
