import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import type { FingerprintParts, InputIngredient } from './fingerprint.ts';

/**
 * Which parts of a step differ from an earlier run of it, down to file and parameter; what the person changed comes
 * first. `unknown` names inputs whose content does not exist yet: they are left out.
 */
export function explainDifference(earlier: FingerprintParts, now: FingerprintParts, unknown: ReadonlySet<string>): Reason[] {
  return [
    ...inputReasons(earlier, now, unknown),
    ...codeReasons(earlier.code, now.code),
    ...commandReasons(earlier, now),
    ...environmentReasons(earlier.environment, now.environment),
    ...variableReasons(earlier.environmentVariables, now.environmentVariables),
    ...computeReasons(earlier.compute, now.compute),
  ];
}

function inputReasons(earlier: FingerprintParts, now: FingerprintParts, unknown: ReadonlySet<string>): Reason[] {
  const reasons: Reason[] = [];
  for (const name of namesOf(earlier.inputs, now.inputs)) {
    if (unknown.has(name)) continue;
    const before = earlier.inputs[name] ?? { kind: 'absent' };
    const after = now.inputs[name] ?? { kind: 'absent' };
    if (canonicalJson(before) !== canonicalJson(after)) reasons.push(inputReason(name, before, after));
  }
  return reasons;
}

function inputReason(name: string, before: InputIngredient, after: InputIngredient): Reason {
  if (before.kind === 'data' && after.kind === 'data') {
    return { code: 'data-changed', subject: name, text: `data ${name} has other content` };
  }
  if (before.kind === 'data') return { code: 'data-changed', subject: name, text: `data ${name} is no longer given` };
  if (after.kind === 'data') return { code: 'data-changed', subject: name, text: `data ${name} is given now` };
  const [from, to] = [show(before), show(after)];
  return { code: 'input-changed', subject: name, before: from, after: to, text: `input ${name} ${from} → ${to}` };
}

function codeReasons(earlier: FingerprintParts['code'], now: FingerprintParts['code']): Reason[] {
  const [before, after] = [earlier ?? {}, now ?? {}];
  const reasons: Reason[] = [];
  for (const file of namesOf(before, after)) {
    if (before[file] === after[file]) continue;
    const verb = before[file] === undefined ? 'added' : after[file] === undefined ? 'removed' : 'changed';
    reasons.push({ code: 'code-changed', subject: file, text: `code: ${file} ${verb}` });
  }
  return reasons;
}

function commandReasons(earlier: FingerprintParts, now: FingerprintParts): Reason[] {
  const reasons: Reason[] = [];
  if (earlier.command !== now.command) {
    reasons.push({ code: 'command-changed', before: earlier.command, after: now.command, text: 'the command changed' });
  }
  if (canonicalJson(earlier.interface.inputs) !== canonicalJson(now.interface.inputs)) {
    reasons.push({ code: 'interface-changed', text: 'the inputs that the component declares changed' });
  }
  for (const name of namesOf(earlier.interface.outputs, now.interface.outputs)) {
    const [before, after] = [earlier.interface.outputs[name] ?? 'none', now.interface.outputs[name] ?? 'none'];
    if (before !== after) reasons.push({ code: 'output-changed', subject: name, before, after, text: `output ${name} ${before} → ${after}` });
  }
  return reasons;
}

function environmentReasons(earlier: EnvironmentDefinition | null, now: EnvironmentDefinition | null): Reason[] {
  if (canonicalJson(earlier) === canonicalJson(now)) return [];
  const reasons: Reason[] = [];
  const [before, after] = [packages(earlier), packages(now)];
  for (const name of namesOf(before, after)) {
    const [from, to] = [before[name] ?? 'none', after[name] ?? 'none'];
    if (from !== to) reasons.push({ code: 'environment-changed', subject: name, before: from, after: to, text: `environment: ${name} ${from} → ${to}` });
  }
  if (earlier?.python !== now?.python) {
    const [from, to] = [earlier?.python ?? 'any', now?.python ?? 'any'];
    reasons.push({ code: 'environment-changed', subject: 'python', before: from, after: to, text: `environment: Python ${from} → ${to}` });
  }
  return reasons.length > 0 ? reasons : [{ code: 'environment-changed', text: 'the environment changed' }];
}

function variableReasons(earlier: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): Reason[] {
  return namesOf(earlier, now)
    .filter((name) => earlier[name] !== now[name])
    .map((name) => ({ code: 'environment-changed', subject: name, text: `environment variable ${name} changed` }));
}

function computeReasons(before: string, after: string): Reason[] {
  return before === after ? [] : [{ code: 'compute-changed', before, after, text: `compute ${before} → ${after}` }];
}

/** Requirement lines by package name: `pandas>=2` → `pandas: >=2`, `pandas==2.2` → `pandas: 2.2`. */
function packages(environment: EnvironmentDefinition | null): Record<string, string> {
  const entries = (environment?.requirements ?? []).map((line): [string, string] => {
    const name = /^[A-Za-z0-9._-]+(\[[^\]]*\])?/.exec(line)?.[0] ?? line;
    const version = line.slice(name.length).trim();
    return [name, version.replace(/^==\s*/, '') || 'any'];
  });
  return Object.fromEntries(entries);
}

const namesOf = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] => [...new Set([...Object.keys(b), ...Object.keys(a)])];

const longestShown = 60;
function show(ingredient: InputIngredient): string {
  if (ingredient.kind !== 'literal') return 'none';
  const text = String(ingredient.value).replaceAll(/\s+/g, ' ');
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
