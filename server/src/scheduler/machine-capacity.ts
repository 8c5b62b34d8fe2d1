import { readdirSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { Config } from '../config.ts';
import type { Capacity } from './slots.ts';

/** What this machine has for steps: slots and graphics cards as `config.yml` says, else as they are found. */
export function machineCapacity({ slots, gpus }: Config): Capacity {
  return { cpu: slots, memoryBytes: Math.min(process.constrainedMemory() || Infinity, totalmem()), gpu: gpus ?? countGraphicsCards() };
}

function countGraphicsCards(): number {
  try {
    return readdirSync('/dev').filter((name) => /^nvidia\d+$/.test(name)).length;
  } catch {
    // A system without device files has no cards that we could hand out.
    return 0;
  }
}
