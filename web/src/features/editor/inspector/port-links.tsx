import { Fragment } from 'react';
import { usePreferences } from '../../../ui/preferences.ts';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

interface PortOfStep {
  readonly step: string;
  readonly port: string;
}

/** Ports of steps as words to go to: the step is selected, and the field opened. */
export function PortLinks({ ports }: { readonly ports: readonly PortOfStep[] }) {
  const { store } = useEditor();
  const views = useDerived((derived) => derived.views);
  const go = ({ step, port }: PortOfStep): void => {
    usePreferences.getState().setPanelCollapsed('inspector', false);
    store.getState().select({ steps: [step] });
    store.getState().showField({ step, name: port });
  };
  return ports.map((at, index) => (
    <Fragment key={`${at.step}.${at.port}`}>
      {index > 0 && ', '}
      <button type="button" className={classes.goTo} aria-label={`${at.step}.${at.port}: go to ${views.get(at.step)?.title ?? at.step}`} onClick={() => go(at)}>
        {at.step}.{at.port}
      </button>
    </Fragment>
  ));
}
