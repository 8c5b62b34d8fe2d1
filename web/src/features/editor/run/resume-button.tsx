import { Button } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { messageOf } from '../../../api/api-error.ts';
import { useResumeRun } from '../../../api/runs.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { useEditor } from '../store/editor-context.tsx';

/** Goes on with a run that did not complete: what finished in it is taken over. The document is that run's, not the draft's. */
export function ResumeButton({ runId }: { readonly runId: string }) {
  const { store } = useEditor();
  const resume = useResumeRun();
  const start = (): void =>
    resume.mutate(runId, {
      onSuccess: ({ id }) => {
        store.getState().attachRun(id);
        announce(`Run ${id} goes on with run ${runId}`);
      },
      onError: (error) => showToast({ text: `Not resumed: ${messageOf(error)}` }),
    });
  useCommands('editor.resume', [
    {
      id: 'editor.resume',
      title: `Resume run ${runId}`,
      group: 'Run',
      keys: 'Ctrl+Alt+Enter',
      keywords: 'retry continue failed',
      isEnabled: !resume.isPending,
      run: start,
    },
  ]);
  return (
    <Button size="xs" leftSection={<IconPlayerPlayFilled size={12} />} loading={resume.isPending} onClick={start}>
      Resume
    </Button>
  );
}
