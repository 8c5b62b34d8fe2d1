import type { DataType, PortType } from './port-type.ts';
import { isScalarType } from './port-type.ts';

/** An end of an edge, as far as its type goes. */
export interface PortKind {
  readonly type: PortType;
  /** For `custom_model`: `untrained_model`, `transformation`, … */
  readonly kind?: string | undefined;
  /** Of an input: types that it takes besides its own. */
  readonly accepts?: readonly PortType[] | undefined;
}

export type Refusal =
  | { readonly code: 'type-mismatch'; readonly gives: PortType; readonly takes: PortType }
  | { readonly code: 'kind-mismatch'; readonly gives: string; readonly takes: string };

const folderKinds: ReadonlySet<PortType> = new Set<DataType>(['mltable', 'mlflow_model', 'custom_model', 'triton_model']);

/** Null when an output may feed an input; else why not. The table of what may be wired to what is in the guide. */
export function whyNotConnect(from: PortKind, to: PortKind): Refusal | null {
  const gives = canonicalType(from.type);
  const takes = canonicalType(to.type);
  if (to.accepts?.includes(gives)) return null;
  if (!isAssignable(gives, takes)) return { code: 'type-mismatch', gives, takes };
  const areBothModels = gives === 'custom_model' && takes === 'custom_model';
  if (areBothModels && to.kind !== undefined && from.kind !== to.kind) {
    return { code: 'kind-mismatch', gives: from.kind ?? 'model of no stated kind', takes: to.kind };
  }
  return null;
}

/** Whether a difference is one that a file may have all the same: both are data, and the bytes decide. */
export function isToleratedInFiles(refusal: Refusal): boolean {
  return refusal.code === 'type-mismatch' && !isScalarType(refusal.gives) && !isScalarType(refusal.takes);
}

export function describeRefusal(refusal: Refusal): string {
  return refusal.code === 'type-mismatch'
    ? `it gives ${refusal.gives}, the input takes ${refusal.takes}`
    : `it gives ${withArticle(refusal.gives)}, the input takes ${withArticle(refusal.takes)}`;
}

function withArticle(kind: string): string {
  const words = kind.replaceAll('_', ' ');
  return `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;
}

const canonicalType = (type: PortType): PortType => (type === 'path' ? 'uri_folder' : type);

function isAssignable(gives: PortType, takes: PortType): boolean {
  if (gives === takes) return true;
  if (takes === 'uri_folder') return folderKinds.has(gives);
  if (takes === 'custom_model') return gives === 'mlflow_model';
  if (takes === 'number') return gives === 'integer';
  if (takes === 'string') return gives === 'integer' || gives === 'number' || gives === 'boolean';
  return false;
}
