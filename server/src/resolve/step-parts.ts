import type { EnvironmentRegistry } from '../registry/environment-registry.ts';
import { normalizeEnvironment } from '../environments/normalize-environment.ts';
import { resolveCode } from './resolve-code.ts';
import type { ResolveParts } from './resolve-run.ts';
import type { ComponentPlace, StepToResolve } from './resolve-step.ts';

/** What the steps of one run share while they are pinned: most name the same few files, and each is read once. */
export interface StepParts extends ResolveParts {
  readonly normalized: typeof normalizeEnvironment;
  readonly code: (subject: StepToResolve, place: ComponentPlace) => ReturnType<typeof resolveCode>;
}

export function createStepParts(parts: ResolveParts): StepParts {
  return {
    ...parts,
    environmentRegistry: sharedRegistry(parts.environmentRegistry),
    normalized: onceEach(normalizeEnvironment, (environment, folder) => [environment, folder]),
    code: sharedCode(parts),
  };
}

function sharedRegistry(registry: EnvironmentRegistry): EnvironmentRegistry {
  return {
    find: onceEach(
      async (reference, folder) => await registry.find(reference, folder),
      (reference, folder) => [reference, folder],
    ),
  };
}

function sharedCode({ artifacts }: ResolveParts): StepParts['code'] {
  const known = new Map<string, Awaited<ReturnType<typeof resolveCode>>>();
  return async (subject, place) => {
    const { component, folder, definition } = place;
    const key = JSON.stringify([folder, component.code, component.additional_includes, definition]);
    const before = known.get(key);
    if (before) return before;
    const code = await resolveCode(artifacts, subject, place);
    // A problem is said of the step that has it.
    if (code.problems.length === 0) known.set(key, code);
    return code;
  };
}

function onceEach<Args extends readonly unknown[], T>(work: (...args: Args) => Promise<T>, keyOf: (...args: Args) => unknown): (...args: Args) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return async (...args) => {
    const key = JSON.stringify(keyOf(...args));
    const answer = known.get(key) ?? work(...args);
    known.set(key, answer);
    return await answer;
  };
}
