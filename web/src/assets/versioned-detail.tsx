import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { formatAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import type { AssetNoun } from '@pipewright/shared/http/assets.ts';
import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { Chip } from '../ui/feedback/chip.tsx';
import { Detail } from '../ui/list-detail/detail.tsx';
import { useQueryParam } from '../ui/page/use-query-param.ts';
import { CopyButton } from '../ui/text/copy-button.tsx';
import { ArchiveButton } from './archive-button.tsx';

type Version = Pick<Asset, 'name' | 'version' | 'isLatest' | 'archivedAt'>;

interface VersionedDetailProps {
  readonly mark: ReactNode;
  readonly title: string;
  readonly noun: AssetNoun;
  readonly asset: Version;
  /** Newest first. */
  readonly versions: readonly Version[];
  /** What is said of it beside its reference. */
  readonly chips: ReactNode;
  readonly children: ReactNode;
}

/** One version of something that has a name: how a document names it, its other versions, and what can be done with it. */
export function VersionedDetail({ mark, title, noun, asset, versions, chips, children }: VersionedDetailProps) {
  const [, setVersion] = useQueryParam('version');
  const reference = formatAssetReference(asset.name, asset.version);
  return (
    <Detail
      mark={mark}
      title={title}
      line={
        <>
          <span className="pw-mono">{reference}</span>
          <CopyButton text={reference} label="Copy the reference" />
          {chips}
          {asset.archivedAt !== null && <Chip tone="warn">archived</Chip>}
        </>
      }
      actions={
        <>
          {versions.length > 1 && (
            <Select
              w={190}
              aria-label="Version"
              value={asset.version}
              allowDeselect={false}
              onChange={(value) => setVersion(value ?? '')}
              data={versions.map((other) => ({ value: other.version, label: labelOf(other) }))}
            />
          )}
          <ArchiveButton asset={asset} noun={noun} versionCount={versions.length} />
        </>
      }
    >
      {children}
    </Detail>
  );
}

const labelOf = ({ version, archivedAt, isLatest }: Version): string =>
  `Version ${version}${isLatest ? ' · latest' : ''}${archivedAt === null ? '' : ' · archived'}`;
