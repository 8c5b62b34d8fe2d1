import { ActionIcon, Button, Modal, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { useRemoveRun } from '../../api/runs.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { DialogFoot } from '../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../ui/feedback/refusal.tsx';
import { showToast } from '../../ui/feedback/toast.tsx';
import classes from '../../step-run/step-run.module.css';

/** Takes an ended run out of the history, once the person has read what goes with it. */
export function RemoveRun({ runId }: { readonly runId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const open = (): void => setIsOpen(true);
  useCommands('run-removal', [{ id: 'run.remove', title: `Remove run ${runId}`, group: 'Run', keywords: 'delete', run: open }]);
  return (
    <>
      <Tooltip label="Remove this run">
        <ActionIcon aria-label="Remove this run" size="lg" onClick={open}>
          <IconTrash size={16} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={`Remove run ${runId}?`} size={440} centered>
        <RemoveForm runId={runId} onClose={() => setIsOpen(false)} />
      </Modal>
    </>
  );
}

function RemoveForm({ runId, onClose }: { readonly runId: string; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useRemoveRun();
  const handleRemove = (): void =>
    remove.mutate(runId, {
      onSuccess: () => {
        onClose();
        void navigate('/runs');
        showToast({ text: `Removed run ${runId}` });
      },
    });
  return (
    <div className={classes.removal}>
      <p>
        Its record, logs and metrics are deleted, and later runs can no longer reuse what it made. What it registered under a name stays. This cannot be undone.
      </p>
      {remove.isError && <Refusal>{messageOf(remove.error)}</Refusal>}
      <DialogFoot>
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={handleRemove}>
          Remove
        </Button>
      </DialogFoot>
    </div>
  );
}
