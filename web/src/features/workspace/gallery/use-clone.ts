import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { useCloneFromGallery } from '../../../api/gallery.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';

/** Clones a gallery pipeline and goes to the draft. */
export function useClone() {
  const navigate = useNavigate();
  const { mutate, isPending } = useCloneFromGallery();
  return {
    isCloning: isPending,
    clone: (name: string): void =>
      mutate(name, {
        onSuccess: (draft) => void navigate(`/drafts/${draft.id}`),
        onError: (error) => showToast({ text: `Not cloned: ${messageOf(error)}`, action: { label: 'Try again', run: () => mutate(name) } }),
      }),
  };
}
