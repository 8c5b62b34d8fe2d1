import { Button } from '@mantine/core';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { useImport } from '../import/use-import.ts';
import { useNewPipeline } from './use-new-pipeline.ts';

/** The two ways to begin: files that are there, or an empty canvas. */
export function StartButtons() {
  const { open } = useImport();
  const { create, isCreating } = useNewPipeline();
  useCommands('start', [
    { id: 'pipeline.new', title: 'New pipeline', group: 'Pipelines', run: create },
    { id: 'pipeline.import', title: 'Import a pipeline…', group: 'Pipelines', keywords: 'open yaml file folder zip paste', run: open },
  ]);
  return (
    <>
      <Button variant="default" leftSection={<IconUpload size={16} stroke={1.8} />} onClick={open}>
        Import
      </Button>
      <Button leftSection={<IconPlus size={16} stroke={1.8} />} loading={isCreating} onClick={create}>
        New pipeline
      </Button>
    </>
  );
}
