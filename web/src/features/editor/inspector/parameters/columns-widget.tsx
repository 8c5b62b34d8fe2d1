import { Autocomplete, Button, Popover, TagsInput } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { countOf } from '../../../../ui/format/number.ts';
import { chooseColumns, joinList, replaceItem, splitList } from '../../model/column-list.ts';
import { useVisit } from '../use-visit.ts';
import { ColumnPicker } from './column-picker.tsx';
import { useTableColumns } from './use-table-columns.ts';
import type { WidgetProps } from './widget-props.ts';
import classes from './parameters.module.css';

/** Columns by name, pattern, kind or place; what that comes to on the table above is always said. */
export function ColumnsWidget({ step, field, id, value, isReadOnly, hasError, describedBy, onChange }: WidgetProps) {
  const { columns, from } = useTableColumns(step, field.definition);
  const [isOpen, setIsOpen] = useState(false);
  const visit = useVisit(id);
  const text = String(value ?? '');
  const items = splitList(text);
  const known = columns.map(({ name }) => name);
  const set = (next: string): void => onChange(next === '' ? undefined : next, visit.gesture());
  const { names, unknown } = chooseColumns(text, columns);
  const said = items.length === 0 ? `None of ${countOf(columns.length, 'column')} named` : `${names.length} of ${countOf(columns.length, 'column')}`;
  return (
    <div className={classes.columns}>
      <TagsInput
        size="xs"
        data={known.filter((name) => !items.includes(name))}
        value={items}
        placeholder={items.length > 0 ? '' : field.fallback === null || field.fallback === '' ? 'Column names' : String(field.fallback)}
        readOnly={isReadOnly}
        error={hasError}
        splitChars={[',']}
        acceptValueOnBlur
        aria-label={field.label}
        aria-describedby={describedBy}
        maxDropdownHeight={220}
        onFocus={visit.begin}
        onChange={(next) => set(joinList(next))}
      />
      {from !== null && (
        <Popover opened={isOpen} onChange={setIsOpen} position="left-start" width={340} withinPortal trapFocus returnFocus onOpen={visit.begin}>
          <Popover.Target>
            <Button
              size="xs"
              variant="subtle"
              className={classes.pick}
              leftSection={<IconColumns3 size={14} stroke={1.8} />}
              aria-label={`${said}: choose the columns of ${field.label}`}
              onClick={() => setIsOpen(!isOpen)}
            >
              {said}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <ColumnPicker label={field.label} text={text} columns={columns} from={from} isReadOnly={isReadOnly} onChange={set} />
          </Popover.Dropdown>
        </Popover>
      )}
      {from !== null &&
        unknown.map((item) => <UnknownColumn key={item.text} {...item} isReadOnly={isReadOnly} onMend={(meant) => set(replaceItem(text, item.text, meant))} />)}
    </div>
  );
}

/** One column by name. */
export function ColumnWidget({ step, field, id, value, isReadOnly, hasError, describedBy, onChange }: WidgetProps) {
  const { columns, from } = useTableColumns(step, field.definition);
  const visit = useVisit(id);
  const [isTyping, setIsTyping] = useState(false);
  const text = String(value ?? '');
  const unknown = from === null || text === '' || isTyping ? [] : chooseColumns(joinList([text]), columns).unknown;
  return (
    <div className={classes.columns}>
      <Autocomplete
        size="xs"
        data={columns.map(({ name }) => name)}
        value={text}
        placeholder={field.fallback === null || field.fallback === '' ? 'Column name' : String(field.fallback)}
        readOnly={isReadOnly}
        error={hasError}
        aria-label={field.label}
        aria-describedby={describedBy}
        maxDropdownHeight={220}
        onFocus={() => {
          visit.begin();
          setIsTyping(true);
        }}
        onBlur={() => setIsTyping(false)}
        onChange={(next) => onChange(next === '' ? undefined : next, visit.gesture())}
      />
      {unknown.map((item) => (
        <UnknownColumn key={item.text} {...item} isReadOnly={isReadOnly} onMend={(meant) => onChange(meant)} />
      ))}
    </div>
  );
}

interface UnknownColumnProps {
  readonly text: string;
  readonly meant: string | undefined;
  readonly isReadOnly: boolean;
  readonly onMend: (meant: string) => void;
}

/** What stands there and is not in the table: the step would end with this sentence. */
function UnknownColumn({ text, meant, isReadOnly, onMend }: UnknownColumnProps) {
  return (
    <p className={classes.unknown} data-unknown-column={text}>
      No column {text} in the table.{' '}
      {meant !== undefined && !isReadOnly && (
        <button type="button" className={classes.mend} onClick={() => onMend(meant)}>
          Use {meant}
        </button>
      )}
    </p>
  );
}
