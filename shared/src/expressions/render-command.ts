import type { Scalar } from '../json.ts';
import { parseTemplate, placeholdersOf, type TemplatePart } from './parse-template.ts';

export interface CommandValues {
  /** Literal values and paths by input name; an input without a value is left out. */
  readonly inputs: Readonly<Record<string, Scalar>>;
  /** The path to write to, by output name. */
  readonly outputs: Readonly<Record<string, string>>;
}

export type RenderedCommand = { readonly ok: true; readonly command: string } | { readonly ok: false; readonly message: string };

/**
 * The command as it runs: `$[[ … ]]` is dropped when an input in it has no value, else it stays without its brackets;
 * placeholders become raw text, booleans as Python writes them. A line break between words is a space to the shell
 * only where the YAML folded it, so none is touched here.
 */
export function renderCommand(command: string, values: CommandValues): RenderedCommand {
  const { parts, errors } = parseTemplate(command);
  const [error] = errors;
  if (error) return { ok: false, message: `The command cannot be read: ${error.message} (at character ${error.offset + 1}).` };
  const missing: string[] = [];
  const text = parts.map((part) => renderPart(part, values, missing)).join('');
  if (missing.length > 0) {
    return { ok: false, message: `The command needs ${missing.join(', ')}, which has no value. Put it into $[[ … ]] if it may be absent.` };
  }
  return { ok: true, command: text };
}

function renderPart(part: TemplatePart, values: CommandValues, missing: string[]): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'placeholder': {
      const value = valueOf(part.path, values);
      if (value === undefined) missing.push(part.path.join('.'));
      return value ?? '';
    }
    case 'optional': {
      const isAbsent = placeholdersOf(part.parts).some(({ path }) => valueOf(path, values) === undefined);
      return isAbsent ? '' : part.parts.map((inner) => renderPart(inner, values, missing)).join('');
    }
  }
}

function valueOf([scope, ...rest]: readonly string[], values: CommandValues): string | undefined {
  const name = rest.join('.');
  if (scope === 'outputs') return values.outputs[name];
  if (scope !== 'inputs') return undefined;
  const value = values.inputs[name];
  if (value === undefined) return undefined;
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}
