import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { formatAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { AssetHistory } from '../../assets/asset-history.tsx';
import { AssetWords } from '../../assets/asset-words.tsx';
import { VersionedDetail } from '../../assets/versioned-detail.tsx';
import { OutputPreview } from '../../preview/output-preview.tsx';
import { Chip } from '../../ui/feedback/chip.tsx';
import { formatBytes } from '../../ui/format/number.ts';
import { RelativeTime } from '../../ui/format/relative-time.tsx';
import { PortGlyph } from '../../ui/graph/port-glyph.tsx';
import { DetailCode, DetailFact, DetailFacts, DetailPart } from '../../ui/list-detail/detail.tsx';

interface AssetDetailProps {
  readonly asset: Asset;
  /** Newest first. */
  readonly versions: readonly Asset[];
  readonly noun: 'data' | 'models';
}

/** A named version of data or of a model: what it is, where it is from, how a pipeline takes it. */
export function AssetDetail({ asset, versions, noun }: AssetDetailProps) {
  const { name, version } = asset;
  const type = DataType.parse(asset.type);
  const reference = formatAssetReference(name, version);
  const address = { noun, name, version };
  return (
    <VersionedDetail
      mark={<PortGlyph type={type} size={22} />}
      title={name}
      noun={noun}
      asset={asset}
      versions={versions}
      chips={
        <>
          <Chip>
            <span className="pw-mono">{type}</span>
          </Chip>
          {asset.isLatest && <Chip tone="ok">latest</Chip>}
          {asset.labels.map((label) => (
            <Chip key={label} tone="brand">
              @{label}
            </Chip>
          ))}
        </>
      }
    >
      <AssetWords asset={asset} address={address} />
      <DetailFacts>
        <DetailFact name="Size">
          <span className="pw-num">{asset.sizeBytes === null ? 'not known' : formatBytes(asset.sizeBytes)}</span>
        </DetailFact>
        <DetailFact name="Created">
          <RelativeTime at={asset.createdAt} />
        </DetailFact>
        {asset.by !== null && <DetailFact name="By">{asset.by}</DetailFact>}
        {asset.path !== null && (
          <DetailFact name={asset.artifact ? 'Copied from' : 'Lies at'}>
            <span className="pw-mono">{asset.path}</span>
          </DetailFact>
        )}
      </DetailFacts>
      <DetailPart title="Preview">
        <OutputPreview output={{ asset: address, port: name }} form="inline" />
      </DetailPart>
      <AssetHistory address={address} />
      <DetailPart title="In a pipeline">
        <DetailCode label="How a pipeline takes it" text={`inputs:\n  ${name.replaceAll(/\W/g, '_')}:\n    type: ${type}\n    path: ${reference}`} />
      </DetailPart>
    </VersionedDetail>
  );
}
