import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { Select } from '@mantine/core';
import { Link } from 'react-router';
import type { AssetKind } from '../../api/assets.ts';
import { OutputPreview } from '../../preview/output-preview.tsx';
import { Chip } from '../../ui/feedback/chip.tsx';
import { formatBytes } from '../../ui/format/number.ts';
import { RelativeTime } from '../../ui/format/relative-time.tsx';
import { PortGlyph } from '../../ui/graph/port-glyph.tsx';
import { Detail, DetailCode, DetailFact, DetailFacts, DetailPart } from '../../ui/list-detail/detail.tsx';
import { useQueryParam } from '../../ui/page/use-query-param.ts';
import { CopyButton } from '../../ui/text/copy-button.tsx';
import { Markdown } from '../../ui/text/markdown.tsx';

interface AssetDetailProps {
  readonly asset: Asset;
  /** Newest first. */
  readonly versions: readonly Asset[];
  readonly kind: AssetKind;
}

/** A named version of data or of a model: what it is, where it is from, how a pipeline takes it. */
export function AssetDetail({ asset, versions }: AssetDetailProps) {
  const [, setVersion] = useQueryParam('version');
  const { name, version, origin } = asset;
  const type = DataType.parse(asset.type);
  const reference = `azureml:${name}:${version}`;
  const output = origin !== null && origin.port !== null ? { ...origin, port: origin.port } : null;
  return (
    <Detail
      mark={<PortGlyph type={type} size={22} />}
      title={name}
      line={
        <>
          <span className="pw-mono">{reference}</span>
          <CopyButton text={reference} label="Copy the reference" />
          <Chip>
            <span className="pw-mono">{type}</span>
          </Chip>
        </>
      }
      actions={
        versions.length > 1 && (
          <Select
            w={140}
            aria-label="Version"
            value={version}
            onChange={(value) => setVersion(value ?? '')}
            data={versions.map((other) => ({ value: other.version, label: `Version ${other.version}` }))}
          />
        )
      }
    >
      {asset.description !== '' && <Markdown source={asset.description} />}
      <DetailFacts>
        <DetailFact name="Size">
          <span className="pw-num">{asset.sizeBytes === null ? 'not known' : formatBytes(asset.sizeBytes)}</span>
        </DetailFact>
        <DetailFact name="Created">
          <RelativeTime at={asset.createdAt} />
        </DetailFact>
        {output && (
          <DetailFact name="From">
            <Link to={`/runs/${output.run}/steps/${encodeURIComponent(output.step)}/outputs`} className="pw-link">
              run {output.run}, {output.step}, {output.port}
            </Link>
          </DetailFact>
        )}
      </DetailFacts>
      {output && (
        <DetailPart title="Preview">
          <OutputPreview output={output} form="inline" />
        </DetailPart>
      )}
      <DetailPart title="In a pipeline">
        <DetailCode label="How a pipeline takes it" text={`inputs:\n  ${name.replaceAll(/\W/g, '_')}:\n    type: ${type}\n    path: ${reference}`} />
      </DetailPart>
    </Detail>
  );
}
