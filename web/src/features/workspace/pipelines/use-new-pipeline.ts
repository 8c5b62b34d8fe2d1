import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { useCreateDraft } from '../../../api/drafts.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';

/** Makes an empty draft and goes to it. */
export function useNewPipeline() {
  const navigate = useNavigate();
  const { mutate, isPending } = useCreateDraft();
  return {
    isCreating: isPending,
    create: (): void =>
      mutate(
        { name: 'Untitled pipeline' },
        {
          onSuccess: (draft) => void navigate(`/drafts/${draft.id}`),
          onError: (error) => showToast({ text: `No pipeline was made: ${messageOf(error)}` }),
        },
      ),
  };
}
