import { useNavigate } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { useCreateDraft } from '../../api/drafts.ts';
import { useCloneFromGallery } from '../../api/gallery.ts';
import { showToast } from '../../ui/feedback/toast.tsx';
import type { Tour } from './tours.ts';

/** The sample that tours stand on. */
const sample = 'fuel-economy';

/** Makes what a tour needs, and begins it there. */
export function useBeginTour(): (tour: Tour) => void {
  const navigate = useNavigate();
  const { mutate: create } = useCreateDraft();
  const { mutate: clone } = useCloneFromGallery();
  return ({ id, title, begin }) => {
    const outcome = {
      onSuccess: (draft: { readonly id: string }) => void navigate(`/drafts/${draft.id}?tour=${id}`),
      onError: (error: unknown) => showToast({ text: `The tour could not begin: ${messageOf(error)}` }),
    };
    if (begin === 'empty') create({ name: title }, outcome);
    else clone(sample, outcome);
  };
}
