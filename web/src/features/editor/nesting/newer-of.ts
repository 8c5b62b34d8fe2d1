import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { NewerVersion } from '@pipewright/shared/component/newer-version.ts';
import { stepOf } from '@pipewright/shared/pipeline/follow-binding.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { newerComponent } from '../../../canvas/newer-component.ts';
import type { EditorState } from '../store/editor-state.ts';

/** The newer version of the component that a step uses; null: there is none. */
export function newerOf({ content, components }: Pick<EditorState, 'content' | 'components'>, key: string): NewerVersion | null {
  const step = stepOf(content.document, key);
  return step ? newerComponent(step, components) : null;
}

const upgradable = new WeakMap<Pipeline, { readonly components: ComponentLookup; readonly count: number }>();

/** How many steps could be upgraded; asked at every change, so it is worked out for a document once. */
export function selectUpgradable({ content, components }: Pick<EditorState, 'content' | 'components'>): number {
  const known = upgradable.get(content.document);
  if (known?.components === components) return known.count;
  const count = Object.keys(content.document.jobs).filter((key) => newerOf({ content, components }, key) !== null).length;
  upgradable.set(content.document, { components, count });
  return count;
}
