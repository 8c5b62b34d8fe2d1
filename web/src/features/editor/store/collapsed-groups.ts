import type { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { z } from 'zod';

/**
 * Which groups of a draft this browser shows as one box: how a person looks at a draft, and no part of it. Only what
 * somebody said is kept; otherwise the group itself says how it lies.
 */
const storageKey = 'pipewright.collapsed-groups';
/** Of so many drafts it is remembered; the one changed longest ago is forgotten first. */
const mostDrafts = 60;
const Stored = z.record(z.string(), z.record(z.string(), z.boolean()));

export function readCollapsed(draft: string, groups: Layout['groups']): ReadonlySet<string> {
  const said = readAll()[draft] ?? {};
  return new Set(Object.entries(groups).flatMap(([id, { collapsed = false }]) => ((said[id] ?? collapsed) ? [id] : [])));
}

export function writeCollapsed(draft: string, said: Readonly<Record<string, boolean>>): void {
  const { [draft]: before, ...others } = readAll();
  const drafts = [...Object.entries(others), [draft, { ...before, ...said }] as const].slice(-mostDrafts);
  try {
    localStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(drafts)));
  } catch {
    // Storage is full or forbidden: it lasts as long as the page.
  }
}

function readAll(): z.infer<typeof Stored> {
  try {
    return Stored.catch({}).parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return {};
  }
}
