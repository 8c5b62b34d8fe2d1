import { useEffect } from 'react';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { useQueryParam, useSetQuery } from '../../../ui/page/use-query-param.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { countOf } from '../../../ui/format/number.ts';
import { useReveal } from '../commands/use-reveal.ts';
import { useEditor } from '../store/editor-context.tsx';
import { readLinkTarget } from './draft-links.ts';

/** A link to steps, or to a port, selects and shows them; the address is then that of the draft, so that a reload disturbs nobody. */
export function useOpenLink(): void {
  const { store } = useEditor();
  const [step] = useQueryParam('step');
  const [port] = useQueryParam('port');
  const setQuery = useSetQuery();
  const reveal = useReveal();
  useEffect(() => {
    const target = readLinkTarget({ step, port });
    if (!target) return;
    setQuery({ step: '', port: '' });
    const { jobs } = store.getState().content.document;
    const there = target.steps.filter((key) => Object.hasOwn(jobs, key.split('/')[0] ?? key));
    const gone = target.steps.length - there.length;
    if (gone > 0)
      showToast({ text: `${target.steps.length === 1 ? `The step ${target.steps[0]}` : countOf(gone, 'step')} of the link is not in this draft any more.` });
    if (there.length === 0) return;
    reveal(there);
    if (!target.port) return;
    usePreferences.getState().setPanelCollapsed('inspector', false);
    store.getState().showField({ step: target.port.step, name: target.port.port });
  }, [step, port, setQuery, store, reveal]);
}
