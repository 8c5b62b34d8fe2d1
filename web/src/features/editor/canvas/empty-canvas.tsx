import { Button } from '@mantine/core';
import { IconDatabase, IconLayoutGrid, IconSearch } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { useSetQuery } from '../../../ui/page/use-query-param.ts';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import classes from './editor-canvas.module.css';

/** Three ways to begin. */
export function EmptyCanvas() {
  const navigate = useNavigate();
  const actions = useEditorActions();
  const setQuery = useSetQuery();
  return (
    <div className={classes.empty}>
      <div className={classes.emptyCard}>
        <h2>An empty pipeline</h2>
        <p className="pw-sm pw-t2">Steps are wired from top to bottom. Drag a component in, double-click the paper, or begin with one of these.</p>
        <div className={classes.emptyStarts}>
          <Button variant="default" leftSection={<IconLayoutGrid size={15} stroke={1.8} />} onClick={() => void navigate('/gallery')}>
            From the gallery
          </Button>
          <Button variant="default" leftSection={<IconDatabase size={15} stroke={1.8} />} onClick={actions.addData}>
            Add data
          </Button>
          <Button variant="default" leftSection={<IconSearch size={15} stroke={1.8} />} onClick={actions.quickAdd}>
            Search components
          </Button>
        </div>
        <button type="button" className={classes.emptyTour} onClick={() => setQuery({ tour: 'build' })}>
          Show me how, in two minutes
        </button>
      </div>
    </div>
  );
}
