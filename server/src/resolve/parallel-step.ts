import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import { ParallelComponent, type CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { parseTemplate, placeholdersOf } from '@pipewright/shared/expressions/parse-template.ts';
import type { Json } from '@pipewright/shared/json.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** What a step may say of its mini-batches in place of its component. */
const overridable = [
  'input_data',
  'mini_batch_size',
  'partition_keys',
  'max_concurrency_per_instance',
  'mini_batch_error_threshold',
  'retry_settings',
  'logging_level',
] as const;

export type ParallelOutcome =
  | { readonly ok: true; readonly component: CommandComponent }
  /** `field`: the key at fault. */
  | { readonly ok: false; readonly field: string; readonly message: string };

/**
 * A parallel step as the command that runs it: our program hands the mini-batches of one input to processes that call
 * the `init`, `run` and `shutdown` of the step's script.
 */
export function toParallelCommand(step: Step, ports: ComponentInterface, component: ParallelComponent | null): ParallelOutcome {
  const own = Object.fromEntries(overridable.flatMap((field) => (step[field] === undefined ? [] : [[field, step[field]]])));
  const parsed = ParallelComponent.safeParse({ task: step.task, ...component, ...own, type: 'parallel', inputs: ports.inputs, outputs: ports.outputs });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, field: String(issue?.path[0] ?? 'task'), message: `${issue?.path.join('.') ?? 'task'} cannot be read: ${issue?.message ?? ''}` };
  }
  const { task, input_data: input } = parsed.data;
  if (!task.entry_script) return { ok: false, field: 'task', message: 'task.entry_script is missing: the Python file with init() and run(mini_batch)' };
  const split = input === undefined ? undefined : nameIn(input, 'inputs');
  if (split === undefined || !Object.hasOwn(ports.inputs, split)) {
    return { ok: false, field: 'input_data', message: 'input_data is to name the input that is split, as ${{inputs.NAME}}' };
  }
  const command = commandOf(parsed.data, `\${{inputs.${split}}}`, modeOf(step, ports, split) === 'direct');
  return {
    ok: true,
    component: {
      type: 'command',
      command,
      inputs: ports.inputs,
      outputs: ports.outputs,
      display_name: ports.display_name,
      is_deterministic: ports.is_deterministic,
      ...(task.code ? { code: task.code } : {}),
      ...(task.additional_includes ? { additional_includes: task.additional_includes } : {}),
      ...(task.environment === undefined ? {} : { environment: task.environment }),
      ...(component?.['environment_variables'] === undefined ? {} : { environment_variables: component['environment_variables'] }),
      'x-pipewright': ports['x-pipewright'],
    },
  };
}

function commandOf(parallel: ParallelComponent, input: string, isTabular: boolean): string {
  const { task, retry_settings: retry = {} } = parallel;
  const flags: [string, Json | undefined][] = [
    ['--entry-script', task.entry_script],
    ['--mini-batch-size', parallel.mini_batch_size],
    ['--partition-keys', typeof parallel.partition_keys === 'string' ? parallel.partition_keys : parallel.partition_keys?.join(',')],
    ['--workers', parallel.max_concurrency_per_instance],
    ['--mini-batch-error-threshold', parallel.mini_batch_error_threshold],
    ['--max-retries', retry['max_retries']],
    ['--timeout', retry['timeout']],
    ['--logging-level', parallel.logging_level],
  ];
  const appended = task.append_row_to === undefined ? undefined : nameIn(task.append_row_to, 'outputs');
  return [
    'python -m pipewright_parallel --input',
    input,
    ...(isTabular ? ['--tabular'] : []),
    ...flags.flatMap(([flag, value]) =>
      value === undefined || value === null || value === '' ? [] : [`${flag}=${quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))}`],
    ),
    ...(appended === undefined ? [] : ['--append-row-to', `\${{outputs.${appended}}}`]),
    ...(task.program_arguments ? ['--', task.program_arguments.replaceAll(/\s*\n\s*/g, ' ').trim()] : []),
  ].join(' ');
}

function nameIn(text: string, scope: 'inputs' | 'outputs'): string | undefined {
  const [placeholder] = placeholdersOf(parseTemplate(text).parts);
  const [first, ...name] = placeholder?.path ?? [];
  return first === scope && name.length > 0 ? name.join('.') : undefined;
}

function modeOf(step: Step, ports: ComponentInterface, input: string): unknown {
  const given = step.inputs[input];
  const said = given !== null && typeof given === 'object' ? given.mode : undefined;
  const declared = ports.inputs[input];
  return said ?? (declared && 'mode' in declared ? declared.mode : undefined);
}

const quoted = (text: string): string => (/^[\w./,:+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);
