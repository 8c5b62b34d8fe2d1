import type { AssetInRun } from '@pipewright/shared/http/assets.ts';
import { Link } from 'react-router';

/** The names and versions that an input or an output stands for. */
export function AssetLinks({ assets }: { readonly assets: readonly AssetInRun[] }) {
  return assets.map(({ kind, name, version }) => (
    <Link
      key={`${kind}/${name}:${version}`}
      className="pw-link pw-xs pw-mono"
      to={`/${kind === 'model' ? 'models' : 'data'}/${encodeURIComponent(name)}?version=${encodeURIComponent(version)}`}
    >
      {name}:{version}
    </Link>
  ));
}
