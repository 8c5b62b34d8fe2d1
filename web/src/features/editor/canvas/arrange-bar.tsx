import { IconGridDots } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { Tool } from '../../../canvas/canvas-tools.tsx';
import { useNameWithKeys } from '../../../ui/commands/use-listed-commands.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { arrange, type Arrangement, arrangements } from '../commands/use-layout-commands.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectSelectedCount } from '../store/selectors.ts';
import classes from './editor-canvas.module.css';

/** Under the toolbar while several steps are selected: puts them in line, and at the same distances. */
export function ArrangeBar() {
  const editor = useEditor();
  const selected = useEditorState(selectSelectedCount);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { isSnapping, setSnapping } = usePreferences();
  if (selected < 2 || isReadOnly) return null;
  return (
    <Panel position="top-left" className={`${classes.toolbar} ${classes.arrange}`} role="toolbar" aria-label="Arrange the selected steps">
      {arrangements.map((arrangement, index) => (
        <ArrangeTool
          key={arrangement.id}
          arrangement={arrangement}
          isFirstOfKind={index > 0 && arrangements[index - 1]?.needs !== arrangement.needs}
          icon={arrangement.icon}
          isDisabled={selected < arrangement.needs}
          onClick={() => arrange(editor, arrangement)}
        />
      ))}
      <span className={classes.separator} />
      <Tool label="Snap to the grid" icon={IconGridDots} isOn={isSnapping} onClick={() => setSnapping(!isSnapping)} />
    </Panel>
  );
}

interface ArrangeToolProps extends Omit<Parameters<typeof Tool>[0], 'label'> {
  readonly arrangement: Arrangement;
  readonly isFirstOfKind: boolean;
}

function ArrangeTool({ arrangement, isFirstOfKind, ...tool }: ArrangeToolProps) {
  const label = useNameWithKeys(arrangement.title, arrangement.id);
  return (
    <>
      {isFirstOfKind && <span className={classes.separator} />}
      <Tool {...tool} label={label} />
    </>
  );
}
