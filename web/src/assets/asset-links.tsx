import type { AssetInRun } from '@pipewright/shared/http/assets.ts';
import { Link } from 'react-router';

/** The page of a version. */
export const assetHref = ({ kind, name, version }: Pick<AssetInRun, 'kind' | 'name' | 'version'>): string =>
  `/${kind === 'model' ? 'models' : 'data'}/${encodeURIComponent(name)}?version=${encodeURIComponent(version)}`;

/** The names and versions that an input or an output stands for. */
export function AssetLinks({ assets }: { readonly assets: readonly AssetInRun[] }) {
  return assets.map((asset) => (
    <Link key={`${asset.kind}/${asset.name}:${asset.version}`} className="pw-link pw-xs pw-mono" to={assetHref(asset)}>
      {asset.name}:{asset.version}
    </Link>
  ));
}
