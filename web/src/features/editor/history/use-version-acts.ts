import { pipelineTitle } from '@pipewright/shared/pipeline/pipeline-title.ts';
import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import type { KeptContent } from '@pipewright/shared/http/drafts.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { useCreateDraft } from '../../../api/drafts.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { offerUndo } from '../commands/offer-undo.ts';
import { fetchCompared } from '../compare/compared-query.ts';
import type { ComparedSource } from '../model/compared-source.ts';
import { restoreOps } from '../model/restore-ops.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';

interface Named {
  readonly source: ComparedSource;
  readonly title: string;
}

interface VersionActs {
  /** Makes the draft again what it was: one edit, which can be undone. */
  readonly restore: (version: Named) => void;
  /** A new draft with what stood there. */
  readonly openCopy: (version: Named) => void;
}

/** What can be done with a state that was kept. */
export function useVersionActs(): VersionActs {
  const editor = useEditor();
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useCreateDraft();
  const read = async ({ source, title }: Named, use: (kept: KeptContent) => void): Promise<void> => {
    const kept = await fetchCompared(client, editor.draftId, source).catch((error: unknown) => {
      showToast({ text: `${title} could not be read: ${messageOf(error)}` });
      return null;
    });
    if (kept) use(kept);
  };
  return {
    restore: (version) => void read(version, (kept) => restore(editor, kept, version.title)),
    openCopy: (version) =>
      void read(version, (kept) => {
        const name = `${pipelineTitle(kept.document)} (${version.title})`;
        create.mutate(
          { name, ...contentOf(kept), document: { ...kept.document, display_name: name } },
          {
            onSuccess: (draft) => void navigate(`/drafts/${draft.id}`),
            onError: (error) => showToast({ text: `No copy was made: ${messageOf(error)}` }),
          },
        );
      }),
  };
}

function restore({ store }: Editor, kept: KeptContent, title: string): void {
  const { content, edit, learnComponents } = store.getState();
  const diff = restoreOps(content, contentOf(kept));
  if (!diff.ok) return showToast({ text: `${title} cannot be restored: ${diff.message} Open it as a copy.` });
  if (diff.ops.length === 0) return showToast({ text: `The draft is as it was in ${title}` });
  learnComponents(kept.components);
  const edited = edit(diff.ops, { label: `Restore ${title}` });
  if (!edited.ok) return showToast({ text: `${title} was not restored: ${edited.message}` });
  announce(`Restored ${title}`);
  offerUndo(store, `Restored ${title}`);
}
