import { parseBinding } from '../../expressions/binding.ts';
import { boundOutput } from '../../pipeline/filled-output.ts';
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
      const report = (code: Problem['code'], message: string, severity: Problem['severity'] = 'error'): void => {
        problems.push({ severity, code, message, step: key, port: name, path: ['jobs', key, 'outputs', name] });
      };
      if (ports && !Object.hasOwn(ports.outputs, name)) {
        report('unknown-output', `${title} has no output ${name}: nothing is written there.${hintText(scope.suggest(name, ports.outputs))}`, 'warning');
        continue;
      }
      const bound = boundOutput(output);
      if (bound === null) continue;
      const binding = parseBinding(bound);
      if (binding?.source !== 'pipeline-output') {
        report('invalid-expression', `Output ${name} of ${title} can only be bound to a pipeline output, as \${{parent.outputs.NAME}}.`);
        continue;
      }
      if (!Object.hasOwn(document.outputs, binding.name)) {
        const hint = hintText(scope.suggest(binding.name, document.outputs));
        report(
          'unknown-pipeline-output',
          `Output ${name} of ${title} goes to the pipeline output ${binding.name}, which is not listed: it is added.${hint}`,
          'warning',
        );
      }
      const other = filledBy.get(binding.name);
      if (other === undefined) filledBy.set(binding.name, `${name} of ${title}`);
      else report('conflicting-output', `The pipeline output ${binding.name} is filled by ${other} already; ${name} of ${title} cannot fill it as well.`);
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
});
