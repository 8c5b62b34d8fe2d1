import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { writeTag } from '../../../assets/tags.ts';
import { Chip } from '../../../ui/feedback/chip.tsx';
import { formatBytes } from '../../../ui/format/number.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { dataTypeOf, describeVersion } from '../model/registered-data.ts';
import { PaletteCard } from './palette-card.tsx';
import classes from './palette.module.css';

/** What registered data is, or a model: its type, version, size, and what people say of it. */
export function AssetCard({ asset }: { readonly asset: Asset }) {
  const type = dataTypeOf(asset);
  const tags = Object.entries(asset.tags).map(writeTag);
  return (
    <PaletteCard
      mark={<PortGlyph type={type} size={20} />}
      title={asset.displayName ?? asset.name}
      name={asset.name}
      version={describeVersion(asset)}
      description={asset.description}
    >
      <div className="pw-xs pw-t2">
        <span className="pw-mono">{type}</span>
        {asset.sizeBytes !== null && <> · {formatBytes(asset.sizeBytes)}</>}
      </div>
      {tags.length > 0 && (
        <div className={classes.tags}>
          {tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </div>
      )}
    </PaletteCard>
  );
}
