import { type AssetPoint, type AssetReference, parseAssetPoint } from '@pipewright/shared/asset/asset-reference.ts';
import { kindsOf } from '@pipewright/shared/asset/kinds-of.ts';
import type { Asset } from '@pipewright/shared/asset/asset.ts';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { assetVersionsQuery } from '../../../api/assets.ts';
import { useNamedAssets } from '../palette/use-named-assets.ts';
import { useEditorState } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

interface AssetVersionProps {
  readonly label: string;
  readonly reference: AssetReference;
  readonly type: PortType | null;
  readonly onChoose: (at: AssetPoint) => void;
}

/** Which version of registered data an input takes: one, the latest whenever it runs, or that of a label. */
export function AssetVersion({ label, reference, type, onChoose }: AssetVersionProps) {
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const noun = useNounOf(reference, type);
  const { data: versions } = useQuery({ ...assetVersionsQuery(noun ?? 'data', reference.name), enabled: noun !== null });
  if (noun === null || !versions) return null;
  const value = writePoint(reference.at);
  return (
    <div className={classes.assetVersion}>
      <Select
        size="xs"
        aria-label={`Version of ${reference.name} for ${label}`}
        data={choicesOf(versions, value)}
        value={value}
        readOnly={isReadOnly}
        allowDeselect={false}
        onChange={(text) => text !== null && onChoose(parseAssetPoint(text))}
      />
      <Tooltip label={`Open ${reference.name}`}>
        <ActionIcon component={Link} to={`/${noun}/${encodeURIComponent(reference.name)}`} aria-label={`Open the page of ${reference.name}`}>
          <IconExternalLink size={15} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

const nouns = { data: 'data', model: 'models' } as const;

/** As it is found in a run. */
function useNounOf(reference: AssetReference, type: PortType | null): 'data' | 'models' | null {
  const named = { data: useNamedAssets('data').assets, model: useNamedAssets('models').assets };
  const kind = kindsOf(reference, type ?? undefined).find((candidate) => named[candidate].some(({ name }) => name === reference.name));
  return kind === undefined ? null : nouns[kind];
}

/** No version may begin with `@`. */
const writePoint = (at: AssetPoint): string => ('version' in at ? at.version : `@${at.label}`);

function choicesOf(versions: readonly Asset[], value: string) {
  const latest = versions.find(({ isLatest }) => isLatest);
  const labels = versions.flatMap(({ version, labels: own }) => own.map((label) => ({ value: `@${label}`, label: `@${label}, now version ${version}` })));
  const follows = [{ value: '@latest', label: latest ? `Latest, now version ${latest.version}` : 'Latest' }, ...labels];
  const exact = versions
    .filter(({ version, archivedAt }) => archivedAt === null || version === value)
    .map(({ version, archivedAt }) => ({ value: version, label: `Version ${version}${archivedAt === null ? '' : ', archived'}` }));
  const isKnown = [...follows, ...exact].some((choice) => choice.value === value);
  const unknown = isKnown ? [] : [{ value, label: `${value}, which is not registered` }];
  const isLabel = value.startsWith('@');
  return [
    { group: 'Always this one', items: isLabel ? exact : [...unknown, ...exact] },
    { group: 'What it is at the time of a run', items: isLabel ? [...unknown, ...follows] : follows },
  ];
}
