import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../api/api-error.ts';
import { lockQuery } from '../api/environments.ts';
import { countOf } from '../ui/format/number.ts';
import { CopyButton } from '../ui/text/copy-button.tsx';
import classes from './preview.module.css';

/** What an environment really held: Python and its packages by version. */
export function LockPackages({ lock }: { readonly lock: string }) {
  const query = useQuery(lockQuery(lock));
  if (query.isError) return <p className="pw-sm pw-muted">What was installed cannot be read: {messageOf(query.error)}</p>;
  if (!query.data) return null;
  const { python, packages } = query.data;
  const text = packages.join('\n');
  return (
    <div className={classes.lock}>
      <p className="pw-sm">
        Installed: Python {python}
        {packages.length > 0 && `, ${countOf(packages.length, 'package')}`}
      </p>
      {packages.length > 0 && (
        <div className={classes.lockList}>
          <pre tabIndex={0} role="region" aria-label="Installed packages">
            {text}
          </pre>
          <CopyButton text={`${text}\n`} label="Copy as requirements" />
        </div>
      )}
    </div>
  );
}
