import { diffInterfaces } from '@pipewright/shared/component/diff-interfaces.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { offerUndo } from '../commands/offer-undo.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { newerOf } from './newer-of.ts';
import { fatesOfUpgrade, upgradeSteps, type StepUpgrade } from './upgrade-steps.ts';
import classes from './nesting.module.css';

/** Every step of whose component a newer version is registered, and what upgrading it would do. */
export function UpgradeAllDialog() {
  const { store } = useEditor();
  const content = useEditorState((state) => state.content);
  const components = useEditorState((state) => state.components);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [refusal, setRefusal] = useState<string | null>(null);
  const upgrades = Object.keys(content.document.jobs).flatMap((step): (StepUpgrade & { readonly version: string })[] => {
    const newer = newerOf({ content, components }, step);
    return newer ? [{ step, ...newer }] : [];
  });
  const chosen = upgrades.filter(({ step }) => !left.has(step));
  const close = (): void => store.getState().open(null);
  const submit = (): void => {
    const label = `Upgrade ${countOf(chosen.length, 'step')}`;
    const done = store.getState().edit(upgradeSteps(content, components, chosen), { label });
    if (!done.ok) return setRefusal(done.message);
    close();
    announce(label.replace('Upgrade', 'Upgraded'));
    offerUndo(store, label.replace('Upgrade', 'Upgraded'));
  };
  return (
    <Modal opened onClose={close} title="Upgrade components" size={560} centered>
      <div className={classes.form}>
        {upgrades.length === 0 && <p className="pw-sm pw-t2">Every step uses the newest version of its component.</p>}
        <ul className={classes.upgrades}>
          {upgrades.map((upgrade) => {
            const { step, version } = upgrade;
            const fates = fatesOfUpgrade(content, components, upgrade);
            const old = interfaceOf(step, content.document, components);
            const next = components[upgrade.reference];
            const changes = old && next ? diffInterfaces(old, next).length : 0;
            const broken = (fates.lost ?? 0) + (fates.unsuited ?? 0);
            const said = [
              `version ${old?.version ?? '?'} → ${version}`,
              changes === 0 ? 'the same interface' : `${countOf(changes, 'difference')} in its interface`,
              ...(broken > 0 ? [`${countOf(broken, 'connection or value', 'connections or values')} will be broken`] : []),
            ];
            return (
              <li key={step}>
                <Checkbox
                  label={content.document.jobs[step]?.display_name ?? step}
                  description={said.join(' · ')}
                  checked={!left.has(step)}
                  onChange={() => setLeft(left.has(step) ? new Set([...left].filter((other) => other !== step)) : new Set([...left, step]))}
                />
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => store.getState().open({ kind: 'nesting', dialog: { kind: 'replace', step, reference: upgrade.reference } })}
                >
                  Look
                </Button>
              </li>
            );
          })}
        </ul>
        {refusal !== null && <Refusal>{refusal}</Refusal>}
        <DialogFoot>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button disabled={chosen.length === 0} onClick={submit} data-autofocus>
            Upgrade {countOf(chosen.length, 'step')}
          </Button>
        </DialogFoot>
      </div>
    </Modal>
  );
}
