import type { DataAsset } from '@pipewright/shared/http/assets.ts';
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
  readonly asset: DataAsset;
  /** Newest first. */
  readonly versions: readonly DataAsset[];
  readonly kind: AssetKind;
}

/** A named version of data or of a model: what it is, where it is from, how a pipeline takes it. */
export function AssetDetail({ asset, versions }: AssetDetailProps) {
  const [, setVersion] = useQueryParam('version');
  const { name, version, type, run, step, port } = asset;
  // What a run put out without a name is listed, but cannot be referred to.
  const reference = /^[\w.-]+$/.test(name) ? `azureml:${name}:${version}` : null;
  const output = run !== null && step !== null && port !== null ? { run, step, port } : null;
  return (
    <Detail
      mark={<PortGlyph type={type} size={22} />}
      title={name}
      line={
        <>
          {reference !== null && (
            <>
              <span className="pw-mono">{reference}</span>
              <CopyButton text={reference} label="Copy the reference" />
            </>
          )}
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
          <span className="pw-num">{formatBytes(asset.sizeBytes)}</span>
        </DetailFact>
        <DetailFact name="Created">
          <RelativeTime at={asset.createdAt} />
        </DetailFact>
        {asset.licence !== null && <DetailFact name="Licence">{asset.licence}</DetailFact>}
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
      {reference !== null && (
        <DetailPart title="In a pipeline">
          <DetailCode label="How a pipeline takes it" text={`inputs:\n  ${name.replaceAll(/\W/g, '_')}:\n    type: ${type}\n    path: ${reference}`} />
        </DetailPart>
      )}
    </Detail>
  );
}
