/**
 * How Azure's tools read a value without quotes: they load files with PyYAML, which is YAML 1.1. Here the words of such a
 * value stay a text, and a declared type says what they mean.
 */

/** `yes`, `no`, `on` and `off` are truth values; `y` and `n` are texts. */
const truths = /^(?:(true|yes|on)|(false|no|off))$/i;

/** Null for what is no truth value. Each word is written in small letters, in capitals, or with one. */
export function truthOf(text: string): boolean | null {
  const match = /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/.test(text) ? truths.exec(text) : null;
  return match ? match[1] !== undefined : null;
}

const forms: readonly { readonly test: RegExp; readonly read: (digits: string) => number }[] = [
  { test: /^0b[01_]+$/, read: (digits) => Number.parseInt(digits.slice(2), 2) },
  { test: /^0x[\da-fA-F_]+$/, read: (digits) => Number.parseInt(digits.slice(2), 16) },
  // YAML 1.2 writes 0o before such a number, and PyYAML takes that for a text.
  { test: /^0o?[0-7_]+$/, read: (digits) => Number.parseInt(digits.replace('o', ''), 8) },
  { test: /^[1-9][\d_]*(?::[0-5]?\d)+$/, read: fromSixties },
  { test: /^\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/, read: fromSixties },
  { test: /^(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?$/, read: Number },
];

/** Null for what is no number: `0755` is 493, `1_000` is 1000, and `1:30` is 90. */
export function numberOf(text: string): number | null {
  const [, sign = '', words = ''] = /^\s*([-+]?)(.*?)\s*$/s.exec(text) ?? [];
  const form = forms.find(({ test }) => test.test(words));
  const number = form?.read(words.replaceAll('_', ''));
  if (number === undefined || !Number.isFinite(number)) return null;
  return sign === '-' ? -number : number;
}

/** How a text is read that was never a value without quotes: `010` is 10. Null for what is no number. */
export function decimalOf(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

function fromSixties(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** What a text without quotes is to Azure's tools where it is none: a truth value, a number, a date, or one of the numbers that they refuse. */
export type OlderReading =
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'no-number' };

const older = /^[-+]?(?:0[0-7_]+|0b[01_]+|0x[\da-fA-F_]+|[1-9][\d_]*(?::[0-5]?\d)*|\d[\d_]*(?::[0-5]?\d)*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?)$/;
const date = /^\d{4}-(?:\d\d-\d\d|\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** Null: it is a text to them, too. */
export function readByOlderYaml(text: string): OlderReading | null {
  const truth = truthOf(text);
  if (truth !== null) return { kind: 'truth', value: truth };
  if (date.test(text)) return { kind: 'date' };
  if (/^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(text)) return { kind: 'no-number' };
  const number = older.test(text) && !/^[-+]?[1-9]\d*$/.test(text) ? numberOf(text) : null;
  return number === null ? null : { kind: 'number', value: number };
}
