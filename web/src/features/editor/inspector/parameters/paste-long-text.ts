import type { ClipboardEvent } from 'react';
import type { ParameterField } from '../../model/parameter-fields.ts';
import { isLongText } from '../../model/long-text.ts';

/**
 * What a text parameter is after a paste that its field could not draw in time; null for any other paste, which is the
 * field's own, as where the field holds one part of many: an item of a list, or the search for a column.
 */
export function pasteLongText({ target, clipboardData }: ClipboardEvent, { definition, widget }: ParameterField): string | null {
  if (widget !== 'text' && widget !== 'lines') return null;
  if (definition.type !== 'string' || !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || target.readOnly) return null;
  const { value, selectionStart, selectionEnd } = target;
  const pasted = clipboardData.getData('text/plain').replaceAll('\r\n', '\n');
  const text = value.slice(0, selectionStart ?? value.length) + pasted + value.slice(selectionEnd ?? value.length);
  return isLongText(text, widget) ? text : null;
}
