import { parseAssetReference, type AssetReference } from './asset-reference.ts';

/** What MLflow has an address for: something that a run has logged, a logged model by its own id, or a version of a registered model. */
export type LoggedAddress =
  | { readonly kind: 'run'; readonly run: string; readonly path: string }
  | { readonly kind: 'logged-model'; readonly model: string }
  | { readonly kind: 'version'; readonly reference: AssetReference }
  /** It begins like one of these, and is none. */
  | { readonly kind: 'wrong'; readonly message: string };

/** `runs:/RUN/PATH`, `models:/m-ID`, `models:/NAME/VERSION`, `models:/NAME/latest` or `models:/NAME@ALIAS`; null: it is no address of MLflow's. */
export function parseLoggedAddress(text: string): LoggedAddress | null {
  if (text.startsWith('runs:')) {
    const [, run, path] = /^runs:\/+([0-9a-f]{32})\/+(.+)$/.exec(text) ?? [];
    if (run !== undefined && path !== undefined) return { kind: 'run', run, path };
    const message = `${text}: MLflow names a run by 32 letters and digits and what it has logged by a path, as in runs:/RUN/model. An output of a pipeline's run is azureml://jobs/RUN/outputs/NAME.`;
    return { kind: 'wrong', message };
  }
  if (!text.startsWith('models:')) return null;
  const model = /^models:\/+(m-[0-9a-f]{32})$/.exec(text)?.[1];
  if (model !== undefined) return { kind: 'logged-model', model };
  const reference = parseAssetReference(text);
  if (reference) return { kind: 'version', reference };
  return { kind: 'wrong', message: `${text} names no model. Write models:/NAME/VERSION, models:/NAME@ALIAS or models:/NAME/latest.` };
}
