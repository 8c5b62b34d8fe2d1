import type { AssetPin, AssetRole } from '../asset/asset.ts';
import { dataInputsIn } from './data-inputs.ts';
import type { OutputRegistration, RunSnapshot } from './run-snapshot.ts';

/** An asset in a run. Components and environments stand once, with their first step and how many steps have them. */
export interface AssetUsed extends AssetPin {
  readonly role: AssetRole;
  readonly step: string;
  readonly port: string;
  readonly steps: number;
}

/** Every registered version that a run was pinned to when it was accepted. */
export function assetsUsedIn({ steps, nested }: Pick<RunSnapshot, 'steps' | 'nested'>): AssetUsed[] {
  const shared = new Map<string, AssetUsed>();
  const count = (pin: AssetPin | undefined, step: string): void => {
    if (pin === undefined) return;
    const key = `${pin.kind} ${pin.name}:${pin.version}`;
    const known = shared.get(key);
    const role = pin.kind === 'environment' ? 'environment' : 'component';
    shared.set(key, known ? { ...known, steps: known.steps + 1 } : { ...pin, role, step, port: '', steps: 1 });
  };
  for (const [key, { asset }] of Object.entries(nested ?? {})) count(asset, key);
  for (const [key, { assets }] of Object.entries(steps)) {
    count(assets?.component, key);
    count(assets?.environment, key);
  }
  const inputs = dataInputsIn({ steps }).flatMap(({ step, port, input }): AssetUsed[] =>
    input.asset ? [{ ...input.asset, role: 'input', step, port, steps: 1 }] : [],
  );
  return [...shared.values(), ...inputs];
}

export interface RegistrationOfStep {
  readonly step: string;
  readonly port: string;
  readonly name: string;
  readonly version: string | null;
  /** Null: that of the output. */
  readonly type: string | null;
}

/** What the pipeline of a run registers of what its steps put out. */
export function registrationsIn({ steps }: Pick<RunSnapshot, 'steps'>): RegistrationOfStep[] {
  return Object.entries(steps).flatMap(([step, { outputs }]) =>
    Object.entries(outputs).flatMap(([port, { registers }]) =>
      (registers ?? []).map(({ name, version, type }: OutputRegistration) => ({ step, port, name, version, type: type ?? null })),
    ),
  );
}
