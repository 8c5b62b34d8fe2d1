import type { ComponentVersion } from '@pipewright/shared/http/drafts.ts';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { openToEdit } from '../../../api/components.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { editHref } from './outer-draft.ts';

interface EditInsideButtonProps {
  readonly draft: string;
  readonly stepKey: string;
  readonly component: ComponentVersion;
}

/** Opens the sub-pipeline as a draft of its own, which becomes the next version of its component. */
export function EditInsideButton({ draft, stepKey, component }: EditInsideButtonProps) {
  const navigate = useNavigate();
  const { mutate, isPending } = useMutation({
    mutationFn: openToEdit,
    onSuccess: ({ id }) => navigate(editHref(id, { draft, step: stepKey })),
    onError: (error) => showToast({ text: `${component.name} could not be opened: ${messageOf(error)}` }),
  });
  const edit = (): void => mutate(component);
  useCommands('inside.edit', [{ id: 'inside.edit', group: 'Pipeline', title: 'Edit this sub-pipeline', keywords: 'change inside component', run: edit }]);
  return (
    <Button variant="default" leftSection={<IconPencil size={16} stroke={1.8} aria-hidden />} loading={isPending} onClick={edit}>
      Edit
    </Button>
  );
}
