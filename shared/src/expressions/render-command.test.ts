import { describe, expect, it } from 'vitest';
import { renderCommand } from './render-command.ts';

const render = (command: string, inputs = {}, outputs = {}) => renderCommand(command, { inputs, outputs });

describe('renderCommand', () => {
  it('puts values and paths in as raw text, booleans as Python writes them', () => {
    const result = render('python a.py --n ${{inputs.n}} --on ${{ inputs.on }} > ${{outputs.out}}/x', { n: 0.5, on: true }, { out: '/o' });
    expect(result).toEqual({ ok: true, command: 'python a.py --n 0.5 --on True > /o/x' });
  });

  it('keeps an optional block whose inputs have values, without its brackets', () => {
    expect(render('run $[[--a ${{inputs.a}}]] $[[--fixed]]', { a: 0 })).toEqual({ ok: true, command: 'run --a 0 --fixed' });
  });

  it('drops an optional block when one input in it has no value', () => {
    expect(render('run $[[--a ${{inputs.a}} --b ${{inputs.b}}]]end', { a: 1 })).toEqual({ ok: true, command: 'run end' });
  });

  it('says what has no value', () => {
    expect(render('run ${{inputs.a}}')).toMatchObject({ ok: false, message: expect.stringContaining('inputs.a') });
  });

  it('leaves shell brackets alone', () => {
    const command = 'if [[ -n "$X" ]]; then echo ${X[0]} $((1+2)); fi';
    expect(render(command)).toEqual({ ok: true, command });
  });

  it('says where an expression is never closed', () => {
    expect(render('echo ${{inputs.a')).toMatchObject({ ok: false, message: expect.stringContaining('character 6') });
  });
});
