import { Document, isNode, visit } from 'yaml';

/** How we write: long lines stay whole. */
export const yamlStyle = { lineWidth: 0, defaultKeyType: 'PLAIN' } as const;

/** A value as a new text. */
export function writeYaml(value: unknown): string {
  const document = new Document(value, { version: '1.2', aliasDuplicateObjects: false });
  quoteAmbiguous(document.contents);
  return document.toString(yamlStyle);
}

/** A value on one line, as `{ a: 1, b: [ 2 ] }`. */
export function writeFlow(value: unknown): string {
  const document = new Document(value, { version: '1.2', aliasDuplicateObjects: false });
  quoteAmbiguous(document.contents);
  return document.toString({ ...yamlStyle, collectionStyle: 'flow' }).trim();
}

/** Texts that tools with an older YAML take for truth values, numbers or dates, and the key that merges maps. */
const ambiguous = /^(yes|no|on|off|<<)$|^[-+]?[\d_]+(:[0-5]?\d)*(\.[\d_]*)?$|^\d{4}-\d\d?-\d\d?/i;

export function quoteAmbiguous(node: unknown): void {
  if (!isNode(node)) return;
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string' && ambiguous.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
    },
  });
}
