import type { Asset } from '@pipewright/shared/asset/asset.ts';
import type { AssetNoun } from '@pipewright/shared/http/assets.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDots } from '@tabler/icons-react';
import { messageOf } from '../api/api-error.ts';
import { type Archiving, useArchiveAsset } from '../api/assets.ts';
import { showToast } from '../ui/feedback/toast.tsx';

interface ArchiveButtonProps {
  readonly asset: Pick<Asset, 'name' | 'version' | 'archivedAt'>;
  readonly noun: AssetNoun;
  readonly versionCount: number;
}

/** Takes a version, or all of a name, out of lists, and brings it back. */
export function ArchiveButton({ asset: { name, version, archivedAt }, noun, versionCount }: ArchiveButtonProps) {
  const archive = useArchiveAsset();
  const icon = { size: 15, stroke: 1.8 } as const;
  const change = (wanted: Archiving): void =>
    archive.mutate(wanted, {
      onSuccess: (versions) => {
        const what = versions.length === 1 ? `${name}:${versions[0]}` : `${versions.length} versions of ${name}`;
        const undo = { ...wanted, versions, verb: wanted.verb === 'archive' ? 'restore' : 'archive' } as const;
        showToast({ text: `${wanted.verb === 'archive' ? 'Archived' : 'Brought back'} ${what}`, onUndo: () => archive.mutate(undo) });
      },
      onError: (error) => showToast({ text: messageOf(error) }),
    });
  return (
    <Menu position="bottom-end" width={220} withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={`What can be done with ${name}`} size="lg" loading={archive.isPending}>
          <IconDots size={16} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {archivedAt === null ? (
          <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => change({ noun, name, versions: [version], verb: 'archive' })}>
            Archive version {version}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconArchiveOff {...icon} />} onClick={() => change({ noun, name, versions: [version], verb: 'restore' })}>
            Bring version {version} back
          </Menu.Item>
        )}
        {versionCount > 1 && (
          <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => change({ noun, name, verb: 'archive' })}>
            Archive all versions
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
