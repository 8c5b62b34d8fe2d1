import type { Widget } from './parameter-fields.ts';

/** A browser draws all of a text in a field with every key: at a few megabytes that takes seconds. */
const longestInField = 20_000;
/** An editor of code draws what is seen of it. */
const longestInEditor = 200_000;

/** Whether a text is too long for the field of its parameter. */
export function isLongText(text: unknown, widget: Widget): text is string {
  return typeof text === 'string' && text.length > (isCode(widget) ? longestInEditor : longestInField);
}

/** Whether the field could not be left to it even for as long as somebody is in it. */
export function isFarTooLong(text: unknown, widget: Widget): boolean {
  return typeof text === 'string' && !isCode(widget) && text.length > 2 * longestInField;
}

export const isCode = (widget: Widget): widget is 'python' | 'sql' | 'yaml' | 'json' => ['python', 'sql', 'yaml', 'json'].includes(widget);

export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
