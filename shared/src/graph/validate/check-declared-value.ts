import { ParameterDefinition } from '../../component/ports.ts';
import { Scalar } from '../../json.ts';
import type { PipelineInput } from '../../pipeline/input-value.ts';
import type { Problem } from '../problem.ts';
import { checkLiteral, type Reading } from './check-literal.ts';

/** Why a value may not stand for an input of the pipeline that declares its type, range or choices. */
export function checkDeclaredValue(
  name: string,
  { declared, value, reading }: { declared: PipelineInput | undefined; value: unknown; reading?: Reading },
): (Problem & { readonly better?: Scalar })[] {
  const definition = ParameterDefinition.safeParse(declared);
  const given = Scalar.safeParse(value);
  if (!definition.success || !given.success) return [];
  const wrong = checkLiteral(given.data, definition.data, reading);
  if (!wrong) return [];
  const { code, text, severity = 'error', better } = wrong;
  const message = `The pipeline input ${name} ${text}`;
  return [{ severity, code, message, port: name, path: ['inputs', name], ...(better === undefined ? {} : { better }) }];
}
