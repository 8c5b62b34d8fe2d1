import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { ImportedDraft } from '@pipewright/shared/http/imports.ts';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, messageOf } from '../../../api/api-error.ts';
import { useAddFiles, useImportFiles } from '../../../api/imports.ts';
import type { BroughtFile } from './brought-files.ts';
import { packFiles } from './pack-files.ts';

/** What became of what a person brought. */
export type ImportOutcome =
  | { readonly kind: 'imported'; readonly items: readonly ImportedDraft[]; readonly refusal: string | null }
  | { readonly kind: 'refused'; readonly message: string; readonly problems: readonly Problem[] };

export interface Bring {
  readonly outcome: ImportOutcome | null;
  readonly isBusy: boolean;
  readonly files: (files: readonly BroughtFile[]) => void;
  readonly text: (text: string) => void;
  /** For parts of a draft that are missing. */
  readonly add: (draft: string, files: readonly BroughtFile[]) => void;
  readonly forget: () => void;
}

/** Brings files and texts to the server. A draft with nothing to be said of opens at once. */
export function useBring(onDone: () => void): Bring {
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const [isPacking, setIsPacking] = useState(false);
  const imports = useImportFiles();
  const adding = useAddFiles();
  const navigate = useNavigate();

  const bring = async (work: () => Promise<readonly ImportedDraft[]>): Promise<void> => {
    setIsPacking(true);
    try {
      const items = await work();
      const [only] = items;
      onDone();
      if (only && items.length === 1 && only.problems.length + only.missing.length === 0) await navigate(`/drafts/${only.id}`);
      else setOutcome({ kind: 'imported', items, refusal: null });
    } catch (error) {
      onDone();
      setOutcome({ kind: 'refused', ...toRefusal(error) });
    } finally {
      setIsPacking(false);
    }
  };
  const send = async (files: readonly BroughtFile[]): Promise<readonly ImportedDraft[]> => {
    const [only] = files;
    if (only && files.length === 1 && isYaml(only.path)) {
      return (await imports.mutateAsync({ text: await only.content.text(), fileName: only.content.name })).items;
    }
    const archive = only && files.length === 1 && /\.zip$/i.test(only.path) ? only.content : await packFiles(files);
    return (await imports.mutateAsync({ archive })).items;
  };
  const add = async (draft: string, files: readonly BroughtFile[]): Promise<void> => {
    const [only] = files;
    setIsPacking(true);
    try {
      const archive = only && files.length === 1 && /\.zip$/i.test(only.path) ? only.content : await packFiles(files);
      const item = await adding.mutateAsync({ draft, archive });
      setOutcome((before) => withItem(before, item));
    } catch (error) {
      setOutcome((before) => (before?.kind === 'imported' ? { ...before, refusal: messageOf(error) } : before));
    } finally {
      setIsPacking(false);
    }
  };

  return {
    outcome,
    isBusy: isPacking,
    files: (files) => void (files.length > 0 && bring(async () => await send(files))),
    text: (text) => void bring(async () => (await imports.mutateAsync({ text, fileName: 'pipeline.yml' })).items),
    add: (draft, files) => void (files.length > 0 && add(draft, files)),
    forget: () => setOutcome(null),
  };
}

const isYaml = (path: string): boolean => /\.(ya?ml|json)$/i.test(path);

function withItem(before: ImportOutcome | null, item: ImportedDraft): ImportOutcome | null {
  if (before?.kind !== 'imported') return before;
  return { ...before, refusal: null, items: before.items.map((other) => (other.id === item.id ? { ...item, file: other.file } : other)) };
}

function toRefusal(error: unknown): { readonly message: string; readonly problems: readonly Problem[] } {
  const message = messageOf(error);
  return { message, problems: error instanceof ApiError ? (error.problem.problems ?? []) : [] };
}
