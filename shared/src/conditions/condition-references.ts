import { formatBinding, type Binding } from '../expressions/binding.ts';
import type { Condition } from './condition.ts';
import { statusWords } from './condition-functions.ts';

/** What a condition speaks of, each once. */
export function referencesOf(condition: Condition): readonly Binding[] {
  const found = new Map<string, Binding>();
  for (const part of partsOf(condition)) if (part.kind === 'reference') found.set(formatBinding(part.binding), part.binding);
  return [...found.values()];
}

/**
 * Whether it asks what became of the steps above. Such a condition is asked in any case; any other only when all of
 * them ended well.
 */
export function readsStatus(condition: Condition): boolean {
  return partsOf(condition).some(
    (part) => (part.kind === 'call' && statusWords.has(part.name)) || (part.kind === 'reference' && part.binding.source === 'step-status'),
  );
}

function partsOf(condition: Condition): Condition[] {
  switch (condition.kind) {
    case 'literal':
    case 'reference':
      return [condition];
    case 'list':
      return [condition, ...condition.items.flatMap(partsOf)];
    case 'unary':
      return [condition, ...partsOf(condition.operand)];
    case 'binary':
      return [condition, ...partsOf(condition.left), ...partsOf(condition.right)];
    case 'call':
      return [condition, ...condition.inputs.flatMap(partsOf)];
  }
}
