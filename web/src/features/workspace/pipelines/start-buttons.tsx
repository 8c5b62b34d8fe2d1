import { Button } from '@mantine/core';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { useImport } from '../import-yaml/use-import.ts';
import { useNewPipeline } from './use-new-pipeline.ts';

/** The two ways to begin: a file that is there, or an empty canvas. */
export function StartButtons() {
  const { choose } = useImport();
  const { create, isCreating } = useNewPipeline();
  useCommands('start', [
    { id: 'pipeline.new', title: 'New pipeline', group: 'Pipelines', run: create },
    { id: 'pipeline.open-yaml', title: 'Open YAML…', group: 'Pipelines', keywords: 'import file', run: choose },
  ]);
  return (
    <>
      <Button variant="default" leftSection={<IconUpload size={16} stroke={1.8} />} onClick={choose}>
        Open YAML
      </Button>
      <Button leftSection={<IconPlus size={16} stroke={1.8} />} loading={isCreating} onClick={create}>
        New pipeline
      </Button>
    </>
  );
}
