import { isRequired, ParameterDefinition } from '../../component/ports.ts';
import { isScalarType } from '../../component/port-type.ts';
import type { Json } from '../../json.ts';
import { StepInput } from '../../pipeline/input-value.ts';
import { stepOf } from '../../pipeline/follow-binding.ts';
import { inputsOf } from '../../pipeline/step-inputs.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem } from '../problem.ts';
import { checkLiteral } from './check-literal.ts';
import { cannot, wrong } from './control-problem.ts';
import { hintText, type PipelineScope } from './step-scope.ts';

/** A loop whose items fill inputs by name, in Azure's spelling or in ours. */
interface LoopByName {
  readonly scope: PipelineScope;
  readonly key: string;
  readonly step: Step;
  /** Where the items stand. */
  readonly field: 'items' | 'for_each';
  /** The step that runs for each item. */
  readonly body: string;
}

/** What is wrong with items that the document gives: each is a map of inputs of the body, with values and data that can be found before the run. */
export function checkItems(loop: LoopByName, items: readonly Json[]): Problem[] {
  const needed = neededOfItems(loop, items);
  return items.flatMap((item, index) => {
    if (!isMap(item)) return [wrong(loop, loop.field, `holds ${JSON.stringify(item)}, which is no map of inputs`)];
    const given = Object.entries(item).flatMap(([name, value]) => checkGiven(loop, { name, value, what: `item ${index + 1}: ${name}` }));
    const missing = needed
      .filter((name) => !isThere(item, name))
      .map((name) => ({ ...wrong(loop, loop.field, `item ${index + 1} gives no ${name}, which ${loop.body} needs`), code: 'missing-input' as const }));
    return [...given, ...missing];
  });
}

/** The inputs that some of the items give, and without which no other can do. What none of them gives is missed where the inputs are checked. */
function neededOfItems({ scope, body }: LoopByName, items: readonly Json[]): string[] {
  const step = stepOf(scope.document, body);
  const inputs = step ? inputsOf(step) : {};
  return Object.entries(scope.interfaceOf(body)?.inputs ?? {})
    .filter(([name, definition]) => isRequired(definition) && !isThere(inputs, name) && items.some((item) => isMap(item) && Object.hasOwn(item, name)))
    .map(([name]) => name);
}

const isMap = (item: Json): item is Readonly<Record<string, Json>> => item !== null && typeof item === 'object' && !Array.isArray(item);

const isThere = (map: Readonly<Record<string, unknown>>, name: string): boolean => Object.hasOwn(map, name) && map[name] !== null && map[name] !== undefined;

function checkGiven(loop: LoopByName, { name, value, what }: { readonly name: string; readonly value: Json; readonly what: string }): Problem[] {
  const { scope, field, body } = loop;
  const ports = scope.interfaceOf(body);
  const definition = ports && Object.hasOwn(ports.inputs, name) ? ports.inputs[name] : undefined;
  if (ports && !definition) {
    return [{ ...wrong(loop, field, `${what} is no input of ${body}.${hintText(scope.suggest(name, ports.inputs))}`), code: 'unknown-input' }];
  }
  const given = StepInput.safeParse(value);
  if (!given.success) return [wrong(loop, field, `${what} is neither a value nor data, which has a path`)];
  const { data } = given;
  const text = typeof data === 'object' ? data?.path : data;
  if (String(text).includes('${{')) return [cannot(loop, field, `has ${what} of elsewhere; here its items give values and data of their own`)];
  if (typeof data === 'object' && data !== null) {
    return definition && isScalarType(definition.type) ? [wrong(loop, field, `${what} is data, and ${body} takes a ${definition.type} there`)] : [];
  }
  const parameter = ParameterDefinition.safeParse(definition);
  const bad = parameter.success && data !== null ? checkLiteral(data, parameter.data) : null;
  return bad ? [{ ...wrong(loop, field, `${what} ${bad.text}`), code: bad.code, severity: bad.severity ?? 'error' }] : [];
}
