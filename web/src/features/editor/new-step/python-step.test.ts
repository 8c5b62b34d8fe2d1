import { describe, expect, it } from 'vitest';
import { codeOfStep, componentOfStep, emptyStep, isRight, nameOfStep, portsNotInCode, type PythonStep, whatIsWrong } from './python-step.ts';
import { newPort } from '../written/written-port.ts';

const step: PythonStep = {
  ...emptyStep,
  title: 'Score rows',
  environment: 'azureml:learn:1',
  ports: [
    newPort('inputs', 'data', 'uri_file'),
    { ...newPort('inputs', 'rate', 'number'), fallback: '0.5', description: 'How fast' },
    { ...newPort('inputs', 'label', 'string'), isOptional: true },
    { ...newPort('inputs', 'more', 'uri_folder'), isOptional: true },
    newPort('outputs', 'report', 'uri_file'),
    newPort('outputs', 'rows', 'uri_folder'),
  ],
};

describe('a Python step', () => {
  it('is a component that hands its inputs and outputs to its code', () => {
    const { component, files } = componentOfStep(step, 'score_rows');
    expect(component).toMatchObject({
      name: 'score_rows',
      display_name: 'Score rows',
      environment: 'azureml:learn:1',
      inputs: {
        data: { type: 'uri_file' },
        rate: { type: 'number', default: 0.5, description: 'How fast' },
        label: { type: 'string', optional: true },
        more: { type: 'uri_folder', optional: true },
      },
      outputs: { report: { type: 'uri_file' }, rows: { type: 'uri_folder' } },
    });
    expect(component.command).toBe(
      'python main.py --data=${{inputs.data}} --rate=${{inputs.rate}} --label="$PIPEWRIGHT_INPUT_label" $[[--more=${{inputs.more}}]] --report=${{outputs.report}} --rows=${{outputs.rows}}',
    );
    expect(Object.keys(files)).toEqual(['function.py', 'main.py']);
    expect(files['function.py']).toContain('def run(data: Path, rate: float, label: str | None, more: Path | None, report: Path, rows: Path) -> None:');
    expect(files['function.py']).toContain('report.write_text');
    expect(files['main.py']).toContain('run(**vars(arguments))');
    expect(files['main.py']).toContain('parser.add_argument("--label", type=lambda text: text or None)');
  });

  it('as a script reads its arguments itself', () => {
    const { files } = componentOfStep({ ...step, form: 'script' }, 'score_rows');
    expect(Object.keys(files)).toEqual(['main.py']);
    expect(files['main.py']).toContain('parser.add_argument("--rate", type=float)');
    expect(codeOfStep({ ...step, form: 'script', code: 'print(1)' })).toBe('print(1)');
  });

  it('has its inputs before its outputs, however they were added, and says which of them its code does not speak of', () => {
    const ports = [newPort('outputs', 'result', 'uri_file'), newPort('inputs', 'data', 'uri_file')];
    expect(codeOfStep({ ...step, ports })).toContain('def run(data: Path, result: Path)');
    expect(portsNotInCode({ ...step, ports })).toEqual([]);
    expect(portsNotInCode({ ...step, ports, code: 'def run(**given): print(given["result"], database)' })).toEqual(['data']);
  });

  it('says what cannot be made of it, at the field', () => {
    const taken = { score_rows: true };
    expect(nameOfStep(step, taken)).toBe('score_rows_2');
    expect(isRight(whatIsWrong(step, 'mine', taken))).toBe(true);
    const wrongPorts = [
      newPort('inputs', 'a b', 'string'),
      newPort('inputs', 'class', 'string'),
      newPort('outputs', 'x', 'uri_file'),
      newPort('inputs', 'x', 'string'),
    ];
    const wrong = whatIsWrong(
      { ...step, title: ' ', code: 'print(1)', ports: [...wrongPorts, { ...newPort('inputs', 'n', 'integer'), fallback: 'many' }] },
      'score_rows',
      taken,
    );
    expect(wrong).toMatchObject({
      title: 'A step needs a title',
      name: 'There is a component score_rows already',
      code: 'The code needs a function run(…)',
      ports: [
        { name: 'Letters, digits and _ only, not beginning with a digit' },
        { name: 'class is a word of Python' },
        { name: 'There is another one' },
        { name: 'There is another one' },
        { name: null, fallback: 'That is no integer' },
      ],
    });
  });
});
