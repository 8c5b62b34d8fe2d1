import { type CodeChanges, CodeText, ComponentCode, type DeclarationChanges } from '@pipewright/shared/http/component-code.ts';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { queryOptions, useIsMutating, useMutation } from '@tanstack/react-query';
import { useForgetComponents } from './components.ts';
import { apiPath, request, withQuery } from './request.ts';

/** A component as a step of a draft names it: a registered version, or a file beside the draft. */
export interface CodePlace {
  readonly draft: string;
  readonly component: string;
}

const codeKey = ({ draft, component }: CodePlace) => ['code', draft, component] as const;
const addressOf = ({ draft, component }: CodePlace, path: readonly string[] = []): string =>
  withQuery(apiPath('drafts', draft, 'code', ...path), { component });

/** The files that a step of it finds in the folder that it runs in. */
export const codeQuery = (place: CodePlace) =>
  queryOptions({ queryKey: codeKey(place), queryFn: ({ signal }) => request(addressOf(place), ComponentCode, { signal }), retry: false });

export const codeTextQuery = (place: CodePlace, path: string) =>
  queryOptions({
    queryKey: [...codeKey(place), path],
    queryFn: ({ signal }) => request(addressOf(place, path.split('/')), CodeText, { signal }),
    retry: false,
  });

interface SavedCode {
  readonly files: CodeChanges;
  readonly name: string;
  /** What the version says otherwise; null: nothing. */
  readonly declares: DeclarationChanges | null;
}

const savingKey = ({ draft, component }: CodePlace) => ['save code', draft, component] as const;

/** Whether a version of the component is being registered, by whatever window of this page. */
export const useIsSavingCode = (place: CodePlace): boolean => useIsMutating({ mutationKey: savingKey(place) }) > 0;

/** Registers the next version of a component with other files, or saying other things. */
export function useSaveCode(of: CodePlace) {
  const forget = useForgetComponents();
  return useMutation({
    mutationKey: savingKey(of),
    mutationFn: ({ declares, ...body }: SavedCode) =>
      request(addressOf(of), RegisteredComponent, { method: 'POST', body: { ...body, ...(declares ? { declares } : {}) } }),
    onSuccess: forget,
  });
}
