import { describe, expect, it } from 'vitest';
import { undeclaredIn } from './undeclared-in.ts';

describe('what a command names and nothing declares', () => {
  it('is found by its side, once, also inside brackets; what cannot be read as a name is not there', () => {
    const command = 'run ${{inputs.data}} $[[--rate ${{ inputs.rate }}]] ${{inputs.rate}} ${{outputs.data}} ${{data}} ${{parent.inputs.data}} ${{1}}';
    expect(undeclaredIn(command, { inputs: { data: {} }, outputs: {} })).toEqual([
      { said: 'inputs.rate', side: 'inputs', name: 'rate' },
      { said: 'outputs.data', side: 'outputs', name: 'data' },
      { said: 'data', side: null, name: '' },
      { said: 'parent.inputs.data', side: null, name: 'inputs.data' },
    ]);
  });
});
