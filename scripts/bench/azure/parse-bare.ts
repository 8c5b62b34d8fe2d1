import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// What the library alone needs for a file, start-up of Node included.
const yaml: { readonly parseDocument: (text: string) => { readonly toJS: () => unknown } } = createRequire(
  new URL('../../../shared/package.json', import.meta.url),
)('yaml');
yaml.parseDocument(readFileSync(process.argv[2] ?? '', 'utf8')).toJS();
