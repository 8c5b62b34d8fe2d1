import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconDownload, IconFileText, IconFileZip } from '@tabler/icons-react';
import classes from './export-menu.module.css';

export type ExportForm = 'yaml' | 'zip';

interface ExportMenuProps {
  /** What is exported, where the button alone does not say it. */
  readonly what?: string;
  readonly isBusy: boolean;
  readonly onExport: (as: ExportForm) => void;
}

const icon = { size: 16, stroke: 1.8 } as const;

/** The two forms in which a pipeline leaves: its file, or a folder that runs anywhere. */
export function ExportMenu({ what, isBusy, onExport }: ExportMenuProps) {
  const label = what === undefined ? 'Export' : `Export ${what}`;
  return (
    <Menu position="bottom-end" width={252} withinPortal>
      <Menu.Target>
        {what === undefined ? (
          <Button variant="default" classNames={{ root: classes.button, section: classes.icon }} leftSection={<IconDownload {...icon} />} loading={isBusy}>
            <span className={classes.word}>Export</span>
          </Button>
        ) : (
          <Tooltip label={label}>
            <ActionIcon aria-label={label} loading={isBusy}>
              <IconDownload size={15} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileText {...icon} />} onClick={() => onExport('yaml')}>
          YAML file
        </Menu.Item>
        <Menu.Item leftSection={<IconFileZip {...icon} />} onClick={() => onExport('zip')}>
          Folder with everything (zip)
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
