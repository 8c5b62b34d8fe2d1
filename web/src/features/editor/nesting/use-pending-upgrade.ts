import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { componentsQuery } from '../../../api/components.ts';
import { countOf } from '../../../ui/format/number.ts';
import { offerUndo } from '../commands/offer-undo.ts';
import { useEditor } from '../store/editor-context.tsx';
import { PendingUpgrade } from './pending-upgrade.ts';
import { upgradeSteps } from './upgrade-steps.ts';

/** A sub-pipeline was saved as a new version: the steps that were chosen use it, as an edit of this draft that can be undone. */
export function usePendingUpgrade(): void {
  const { store } = useEditor();
  const { state, pathname, search } = useLocation();
  const navigate = useNavigate();
  const { upgrade } = PendingUpgrade.safeParse(state).data ?? {};
  const { data } = useQuery({ ...componentsQuery(), enabled: upgrade !== undefined });
  const component = upgrade && data?.find(({ reference }) => reference === upgrade.reference)?.component;
  useEffect(() => {
    if (!upgrade || !component) return;
    void navigate({ pathname, search }, { replace: true, state: null });
    const { content, edit, learnComponents, select } = store.getState();
    learnComponents({ [upgrade.reference]: component });
    const { components } = store.getState();
    const steps = upgrade.steps.filter((step) => Object.hasOwn(content.document.jobs, step));
    const ops = upgradeSteps(
      content,
      components,
      steps.map((step) => ({ step, reference: upgrade.reference })),
    );
    if (ops.length === 0) return;
    const label = `Upgrade ${countOf(steps.length, 'step')} to version ${component.version ?? ''}`.trim();
    if (!edit(ops, { label }).ok) return;
    select({ steps });
    offerUndo(store, label.replace('Upgrade', 'Upgraded'));
  }, [component, navigate, pathname, search, store, upgrade]);
}
