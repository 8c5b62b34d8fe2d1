import { parseBinding } from '../../expressions/binding.ts';
import { boundOutput, withoutBinding } from '../../pipeline/filled-output.ts';
import type { Problem } from '../problem.ts';
import { hintText, stepTitle, type PipelineScope } from './step-scope.ts';

/** What is wrong with what the steps say of their outputs, and with which of them fill the pipeline's. */
export function checkOutputs(scope: PipelineScope): Problem[] {
  const { document } = scope;
  const problems: Problem[] = [];
  /** Who fills an output of the pipeline, by its name. */
  const filledBy = new Map<string, string>();
  for (const [key, step] of Object.entries(document.jobs)) {
    const ports = scope.interfaceOf(key);
    const title = stepTitle(key, step);
    for (const [name, output] of Object.entries(step.outputs)) {
      const report = (code: Problem['code'], message: string, { severity = 'error', fix }: Pick<Partial<Problem>, 'severity' | 'fix'> = {}): void => {
        problems.push({ severity, code, message, step: key, port: name, path: ['jobs', key, 'outputs', name], ...(fix ? { fix } : {}) });
      };
      const left = withoutBinding(output);
      const unbind = { text: 'Unbind it', ops: [{ op: 'step.setOutput' as const, step: key, output: name, ...(left === null ? {} : { value: left }) }] };
      if (ports && !Object.hasOwn(ports.outputs, name)) {
        const meant = scope.suggest(name, ports.outputs);
        const remove = { op: 'step.setOutput' as const, step: key, output: name };
        const isFree = meant !== undefined && !Object.hasOwn(step.outputs, meant);
        const fix = isFree
          ? { text: `Rename it to ${meant}`, ops: [{ ...remove, output: meant, value: output }, remove] }
          : { text: `Remove ${name}`, ops: [remove] };
        report('unknown-output', `${title} has no output ${name}: nothing is written there.${hintText(meant)}`, { severity: 'warning', fix });
        continue;
      }
      const bound = boundOutput(output);
      if (bound === null) continue;
      const binding = parseBinding(bound);
      if (binding?.source !== 'pipeline-output') {
        report('invalid-expression', `Output ${name} of ${title} can only be bound to a pipeline output, as \${{parent.outputs.NAME}}.`, { fix: unbind });
        continue;
      }
      if (!Object.hasOwn(document.outputs, binding.name)) {
        const hint = hintText(scope.suggest(binding.name, document.outputs));
        report('unknown-pipeline-output', `Output ${name} of ${title} goes to the pipeline output ${binding.name}, which is not listed: it is added.${hint}`, {
          severity: 'warning',
          fix: {
            text: `List ${binding.name}`,
            ops: [{ op: 'pipeline.setOutput', output: binding.name, value: { type: scope.outputKind(key, name)?.type ?? 'uri_folder' } }],
          },
        });
      }
      const other = filledBy.get(binding.name);
      if (other === undefined) filledBy.set(binding.name, `${name} of ${title}`);
      else
        report('conflicting-output', `The pipeline output ${binding.name} is filled by ${other} already; ${name} of ${title} cannot fill it as well.`, {
          fix: unbind,
        });
    }
  }
  const unfilled = Object.keys(document.outputs).filter((name) => !filledBy.has(name));
  return [...problems, ...unfilled.map(unfilledOutput)];
}

const unfilledOutput = (name: string): Problem => ({
  severity: 'warning',
  code: 'unfilled-output',
  message: `No step fills the pipeline output ${name}. Bind an output of a step to it as \${{parent.outputs.${name}}}.`,
  port: name,
  path: ['outputs', name],
  fix: { text: `Remove the output ${name}`, ops: [{ op: 'pipeline.setOutput', output: name }] },
});
