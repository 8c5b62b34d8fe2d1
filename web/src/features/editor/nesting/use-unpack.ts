import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { draftInsideQuery } from '../../../api/drafts.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { offerUndo } from '../commands/offer-undo.ts';
import { useEditor } from '../store/editor-context.tsx';
import { unpackInPlace } from './unpack-in-place.ts';

/** Puts the steps of a sub-pipeline in the place of its step: only the server knows them, because it has the files. */
export function useUnpack(): (step: string) => Promise<void> {
  const { draftId, store, saver } = useEditor();
  const client = useQueryClient();
  return useCallback(
    async (step) => {
      const title = store.getState().content.document.jobs[step]?.display_name ?? step;
      const refuse = (why: string): void => showToast({ text: `${title} was not unpacked: ${why}` });
      // What the step is by now is what the server is asked for.
      const flushed = await saver.flush();
      if (!flushed.ok) return refuse(flushed.message);
      try {
        const { document, layout, prefix } = await client.fetchQuery({ ...draftInsideQuery(draftId, step), staleTime: 0 });
        const { content, edit, select } = store.getState();
        const unpacked = unpackInPlace(content, step, { inner: { document, layout }, prefix });
        if (!unpacked.ok) return refuse(unpacked.message);
        const label = `Unpack ${title}`;
        const done = edit(unpacked.ops, { label });
        if (!done.ok) return refuse(done.message);
        select({ steps: unpacked.keys.values() });
        announce(`${title} unpacked into ${countOf(unpacked.keys.size, 'step')}`);
        offerUndo(store, `${title} is ${countOf(unpacked.keys.size, 'step')} now`);
      } catch (error) {
        refuse(messageOf(error));
      }
    },
    [client, draftId, saver, store],
  );
}
