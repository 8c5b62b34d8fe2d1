import { assertNever } from '@pipewright/shared/assert-never.ts';
import { ChoiceWidget, SwitchWidget } from './choice-widgets.tsx';
import { CodeWidget } from './code-widget.tsx';
import { ColumnWidget, ColumnsWidget } from './columns-widget.tsx';
import { ListWidget, MapWidget } from './list-widgets.tsx';
import { LongTextWidget, type LongTextWidgetProps } from './long-text-widget.tsx';
import { MomentWidget, TextWidget } from './text-widget.tsx';

/** The control that suits a parameter. */
export function ParameterWidget({ long, onClear, ...props }: LongTextWidgetProps) {
  const { widget } = props.field;
  if (long.isShown) return <LongTextWidget {...props} long={long} onClear={onClear} />;
  switch (widget) {
    case 'switch':
      return <SwitchWidget {...props} />;
    case 'segments':
    case 'select':
      return <ChoiceWidget {...props} />;
    case 'number':
    case 'text':
    case 'lines':
      return <TextWidget {...props} />;
    case 'python':
    case 'sql':
    case 'yaml':
    case 'json':
      return <CodeWidget {...props} language={widget} />;
    case 'columns':
      return <ColumnsWidget {...props} />;
    case 'column':
      return <ColumnWidget {...props} />;
    case 'date':
    case 'time':
    case 'datetime':
      return <MomentWidget {...props} />;
    case 'list':
      return <ListWidget {...props} />;
    case 'map':
      return <MapWidget {...props} />;
    default:
      return assertNever(widget);
  }
}
