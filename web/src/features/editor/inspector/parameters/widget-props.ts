import type { Scalar } from '@pipewright/shared/json.ts';
import type { ParameterField } from '../../model/parameter-fields.ts';

/** What every control of a parameter is given. */
export interface WidgetProps {
  readonly step: string;
  readonly field: ParameterField;
  /** Names the field in the history. */
  readonly id: string;
  /** What stands in it now; null: nothing, and the default counts. */
  readonly value: Scalar | null;
  readonly isReadOnly: boolean;
  readonly hasError: boolean;
  /** The value in the attached run, where it was another. */
  readonly was: string | null;
  readonly describedBy: string | undefined;
  readonly onChange: (value: Scalar | undefined, gesture?: string) => void;
}
