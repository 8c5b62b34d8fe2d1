import type { Component } from '@pipewright/shared/component/component.ts';
import { parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { stepOf } from '@pipewright/shared/pipeline/follow-binding.ts';
import { componentReferenceOf } from '@pipewright/shared/pipeline/step.ts';
import type { EditorState } from '../store/editor-state.ts';

/** The component of a step that has code of its own to be looked at: one that is named. */
export interface CodedComponent {
  readonly reference: string;
  readonly component: Component;
}

/** Null where a step carries its command itself, or is a pipeline. */
export function codedComponentOf({ content, components }: Pick<EditorState, 'content' | 'components'>, key: string): CodedComponent | null {
  const step = stepOf(content.document, key);
  const reference = step ? componentReferenceOf(step) : null;
  const component = reference !== null && Object.hasOwn(components, reference) ? components[reference] : undefined;
  return reference === null || !component || component.type === 'pipeline' ? null : { reference, component };
}

/** Where its code lies, as it says itself. */
export function codeFolderOf({ component }: CodedComponent): string | null {
  const holder = component.type === 'parallel' ? component.task : component.type === 'pipeline' ? {} : component;
  return holder.code ?? null;
}

/** What the next version is called: as it is now, else as its file. */
export function nameOfCoded({ reference, component }: CodedComponent): string {
  const parsed = parseComponentReference(reference);
  if (parsed.kind === 'registered') return parsed.name;
  return component.name ?? parsed.path.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
}
