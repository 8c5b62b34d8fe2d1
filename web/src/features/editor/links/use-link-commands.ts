import { copyLink } from '../../../ui/text/copy-link.ts';
import { stepHref } from '../../../step-run/step-href.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { countOf } from '../../../ui/format/number.ts';
import { isOnCanvas } from '../commands/is-on-canvas.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectStepInView } from '../store/selectors.ts';
import { draftHref, type LinkedPort } from './draft-links.ts';

/** Links to what others are to look at. */
export function useLinkCommands(): void {
  const { draftId } = useEditor();
  const selected = useEditorState((state) => state.selectedSteps);
  const run = useEditorState((state) => state.attachedRun);
  const step = useEditorState(selectStepInView);
  const drawn = useDerived((derived) => derived.drawn);
  const steps = [...selected].filter((key) => drawn.has(key));
  const title = step === null ? '' : (drawn.get(step)?.title ?? step);
  const what = steps.length === 0 ? 'the draft' : steps.length === 1 ? 'the step' : countOf(steps.length, 'step');
  useCommands('editor.links', [
    {
      id: 'editor.copy-link',
      title: `Copy a link to ${what}`,
      group: 'Canvas',
      keys: 'L',
      keywords: 'share address url selection',
      keysWorkAt: isOnCanvas,
      run: () => void copyLink(draftHref(draftId, { steps, port: null }), steps.length === 1 ? title : what),
    },
    {
      id: 'editor.copy-draft-link',
      title: 'Copy a link to the whole draft',
      group: 'Pipeline',
      keywords: 'share address url',
      isEnabled: steps.length > 0,
      run: () => void copyLink(draftHref(draftId, { steps: [], port: null }), 'the draft'),
    },
    {
      id: 'editor.copy-run-link',
      title: step === null ? `Copy a link to run ${run}` : `Copy a link to ${title} in run ${run}`,
      group: 'Run',
      keywords: 'share address url results',
      isEnabled: run !== null,
      run: () => {
        if (run !== null) void copyLink(step === null ? `/runs/${run}` : stepHref({ run, step }), step === null ? `run ${run}` : `${title} in run ${run}`);
      },
    },
  ]);
}

/** A link to a port of a step. */
export function useCopyPortLink(): (port: LinkedPort, label: string) => void {
  const { draftId } = useEditor();
  return (port, label) => void copyLink(draftHref(draftId, { steps: [port.step], port }), label);
}
