import { Button } from '@mantine/core';
import { IconArrowCurveRight, IconBarrierBlock, IconCircleOff, IconPin } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { bypassSteps, disableSteps, pinStep } from './aside-acts.ts';
import classes from './aside.module.css';

const icon = { size: 15, stroke: 1.8, 'aria-hidden': true } as const;

/** In the inspector: that the step is not run as it stands, why, and the way back. */
export function AsideNote({ stepKey }: { readonly stepKey: string }) {
  const editor = useEditor();
  const aside = useDerived((derived) => derived.views.get(stepKey)?.aside ?? null);
  const pinnedTo = useDerived((derived) => derived.views.get(stepKey)?.pinnedTo ?? null);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  if (aside?.kind === 'disabled') {
    return (
      <div className={classes.note}>
        <IconCircleOff {...icon} />
        <span>Disabled: it and what needs it are not run.</span>
        <Button size="compact-xs" variant="default" disabled={isReadOnly} onClick={() => disableSteps(editor, [stepKey])}>
          Enable
        </Button>
      </div>
    );
  }
  if (aside?.kind === 'bypassed') {
    return (
      <div className={classes.note}>
        <IconArrowCurveRight {...icon} />
        <span>Bypassed: what reads it reads what it is given.</span>
        <Button size="compact-xs" variant="default" disabled={isReadOnly} onClick={() => bypassSteps(editor, [stepKey])}>
          Run it again
        </Button>
      </div>
    );
  }
  if (aside) {
    return (
      <div className={classes.note}>
        <IconBarrierBlock {...icon} />
        <span>Not run: it {aside.text}, which is not run.</span>
      </div>
    );
  }
  if (pinnedTo === null) return null;
  return (
    <div className={classes.note}>
      <IconPin {...icon} />
      <span>
        Pinned: takes its result of{' '}
        <Link className="pw-link" to={`/runs/${pinnedTo}`}>
          run {pinnedTo}
        </Link>
        .
      </span>
      <Button size="compact-xs" variant="default" disabled={isReadOnly} onClick={() => pinStep(editor, stepKey, null)}>
        Unpin
      </Button>
    </div>
  );
}
