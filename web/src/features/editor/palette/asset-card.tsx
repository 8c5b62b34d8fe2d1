import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { writeTag } from '../../../assets/tags.ts';
import { Chip } from '../../../ui/feedback/chip.tsx';
import { formatBytes } from '../../../ui/format/number.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { Markdown } from '../../../ui/text/markdown.tsx';
import { dataTypeOf, describeVersion } from '../model/registered-data.ts';
import classes from './palette.module.css';

/** What registered data is, or a model: its type, version, size, and what people say of it. */
export function AssetCard({ asset }: { readonly asset: Asset }) {
  const type = dataTypeOf(asset);
  const firstParagraph = asset.description.split(/\n\s*\n/)[0] ?? '';
  const tags = Object.entries(asset.tags).map(writeTag);
  return (
    <div className={classes.card}>
      <div className={classes.cardHead}>
        <PortGlyph type={type} size={20} />
        <div className="pw-grow">
          <b>{asset.displayName ?? asset.name}</b>
          <div className="pw-xs pw-muted pw-clip">
            <span className="pw-mono">{asset.name}</span> · {describeVersion(asset)}
          </div>
        </div>
      </div>
      {firstParagraph !== '' && (
        <div className="pw-sm pw-t2">
          <Markdown source={firstParagraph} />
        </div>
      )}
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
    </div>
  );
}
