import { SegmentedControl } from '@mantine/core';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { type DesignerView, isDesignerView, useDesignerView } from './use-designer-view.ts';

const views: readonly { readonly value: DesignerView; readonly label: string }[] = [
  { value: 'design', label: 'Design' },
  { value: 'runs', label: 'Runs' },
  { value: 'yaml', label: 'YAML' },
];

/** Three looks at one draft: its graph, its runs, its text. */
export function ViewSwitch() {
  const [view, setView] = useDesignerView();
  const run = useEditorState((state) => state.attachedRun);
  useCommands(
    'views',
    views.map(({ value, label }) => ({
      id: `view.${value}`,
      title: `Show ${label === 'YAML' ? 'YAML' : label.toLowerCase()}`,
      group: 'View',
      run: () => setView(value),
    })),
  );
  const data = views.map(({ value, label }) => ({
    value,
    label: value === 'runs' && run !== null ? <span className="pw-num">{`${label} ${run}`}</span> : label,
  }));
  return <SegmentedControl aria-label="View of the draft" data={data} value={view} onChange={(value) => isDesignerView(value) && setView(value)} />;
}
