import { useQueries } from '@tanstack/react-query';
import { codeTextQuery, type CodePlace } from '../../../api/component-code.ts';
import { DifferenceLines } from '../../../canvas/compare/difference-lines.tsx';
import { useChangesOf } from './code-edits.ts';

/** What is changed of the code, file by file and line by line. */
export function CodeDifferences({ place, files }: { readonly place: CodePlace; readonly files: readonly string[] }) {
  const changes = useChangesOf(place);
  const paths = Object.keys(changes).toSorted((a, b) => (a < b ? -1 : 1));
  const texts = useQueries({ queries: paths.map((path) => ({ ...codeTextQuery(place, path), ...(files.includes(path) ? {} : { enabled: false }) })) });
  return (
    <>
      {paths.map((path, index) => {
        const next = changes[path] ?? null;
        const isNew = !files.includes(path);
        const before = isNew ? '' : texts[index]?.data?.text;
        return (
          <section key={path} aria-label={path}>
            <h3 className="pw-mono">
              {path} <span className="pw-muted">{next === null ? 'removed' : isNew ? 'new' : 'changed'}</span>
            </h3>
            {before !== undefined && before !== null && <DifferenceLines before={before} after={next ?? ''} />}
          </section>
        );
      })}
    </>
  );
}
