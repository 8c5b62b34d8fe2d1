import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { rememberWords, searchBy } from './search-by.ts';

/** The components that answer a query, the best first; all of them, in their order, for an empty one. */
export const searchComponents = (components: readonly RegisteredComponent[], query: string): RegisteredComponent[] => searchBy(components, query, searchableOf);

export const searchableOf = rememberWords((item: RegisteredComponent) => {
  const { component, name } = item;
  const extension = component['x-pipewright'];
  const tags = Object.entries(component.tags ?? {})
    .flatMap(([tag, value]) => (typeof value === 'string' ? [tag, value] : [tag]))
    .join(' ');
  return { title: titleOf(item), words: `${name} ${extension?.summary ?? ''} ${extension?.family ?? ''} ${tags}` };
});

export const titleOf = ({ component, name }: RegisteredComponent): string => component.display_name ?? name;
