import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import { changeInterface, exposable, type ExposedPort } from '@pipewright/shared/draft/change-interface.ts';
import { freeName } from '@pipewright/shared/draft/free-name.ts';
import { replaceOps, planReplacement } from '@pipewright/shared/draft/replace-component.ts';
import { toPipelineComponent } from '@pipewright/shared/draft/to-pipeline-component.ts';
import { inPlace } from '@pipewright/shared/draft/unpack-step.ts';
import { PortName } from '@pipewright/shared/component/ports.ts';
import type { DraftInside } from '@pipewright/shared/http/drafts.ts';
import { DraftId } from '@pipewright/shared/ids.ts';
import { ActionIcon, Modal, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { useRegisterComponent } from '../../../api/components.ts';
import { draftInsideQuery } from '../../../api/drafts.ts';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { offerUndo } from '../commands/offer-undo.ts';
import { DialogForm } from '../overlays/dialog-form.tsx';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import classes from './nesting.module.css';

/** The inputs and outputs of a sub-pipeline, from outside: other names, and ports of its steps that come out. */
export function InterfaceDialog({ step }: { readonly step: string }) {
  const { store, draftId } = useEditor();
  const title = useDerived((derived) => derived.views.get(step)?.title ?? step);
  const { data, error } = useQuery({ ...draftInsideQuery(draftId, step), staleTime: 0, retry: false });
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title={`Inputs and outputs of ${title}`} size={560} centered>
      {error && <Refusal>{messageOf(error)}</Refusal>}
      {data?.component && <InterfaceForm step={step} title={title} inside={data} name={data.component.name} onClose={close} />}
      {data && !data.component && <Refusal>The sub-pipeline is a file: its inputs and outputs are written there.</Refusal>}
    </Modal>
  );
}

interface InterfaceFormProps {
  readonly step: string;
  readonly title: string;
  readonly inside: DraftInside;
  readonly name: string;
  readonly onClose: () => void;
}

const sides = ['inputs', 'outputs'] as const;

function InterfaceForm({ step, title, inside, name, onClose }: InterfaceFormProps) {
  const { store, draftId, saver } = useEditor();
  const register = useRegisterComponent();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [exposed, setExposed] = useState<readonly ExposedPort[]>([]);
  const { document, components } = inside;
  const nameOf = (side: 'inputs' | 'outputs', own: string): string => names.get(`${side} ${own}`) ?? own;
  const allNames = (side: 'inputs' | 'outputs'): string[] => [
    ...Object.keys(document[side]).map((own) => nameOf(side, own)),
    ...exposed.filter((each) => each.side === side).map(({ as }) => as),
  ];
  const whyWrong = (side: 'inputs' | 'outputs', text: string): string | null =>
    !PortName.safeParse(text).success ? 'Letters, digits and _' : allNames(side).filter((other) => other === text).length > 1 ? 'There is another one' : null;
  const isWrong = !isAssetName(name) || sides.some((side) => allNames(side).some((text) => whyWrong(side, text) !== null));
  const isChanged = exposed.length > 0 || [...names].some(([place, text]) => !place.endsWith(` ${text}`));
  const submit = async (): Promise<string | null> => {
    const { overlay } = store.getState();
    const renamesOf = (side: 'inputs' | 'outputs') => new Map(Object.keys(document[side]).map((own) => [own, nameOf(side, own)]));
    const renames = { inputs: renamesOf('inputs'), outputs: renamesOf('outputs') };
    const changed = inPlace(changeInterface(document, components, { names: renames, exposed }), inside.prefix);
    const flushed = await saver.flush();
    if (!flushed.ok) return flushed.message;
    const texts = { name, title: document.display_name ?? name, description: document.description };
    const component = toPipelineComponent({ document: changed, layout: inside.layout }, components, texts);
    const made = await register.mutateAsync({ component, draft: DraftId.parse(draftId) });
    store.getState().learnComponents({ [made.reference]: made.component });
    const state = store.getState();
    const next = { reference: made.reference, ports: made.component };
    const replacement = { document: state.content.document, components: state.components, key: step, next };
    const moves = planReplacement(replacement).map((move) => ({ ...move, to: renames[move.side].get(move.name) ?? move.to }));
    const done = state.edit(replaceOps(replacement, moves), { label: `Change the inputs and outputs of ${title}` });
    if (!done.ok) return done.message;
    store.getState().close(overlay);
    offerUndo(store, `${title} is version ${made.version} now`);
    return null;
  };
  return (
    <DialogForm verb="Save as new version" isDisabled={!isChanged || isWrong} onSubmit={submit} onCancel={onClose}>
      <p className="pw-sm pw-t2">The change becomes the next version of {name}, which this step uses from then on. Its wires stay.</p>
      {sides.map((side) => (
        <PortsOfSide
          key={side}
          side={side}
          document={document}
          components={components}
          exposed={exposed}
          nameOf={(own) => nameOf(side, own)}
          whyWrong={(text) => whyWrong(side, text)}
          onName={(own, text) => setNames(new Map([...names, [`${side} ${own}`, text]]))}
          onExpose={setExposed}
        />
      ))}
    </DialogForm>
  );
}

interface PortsOfSideProps {
  readonly side: 'inputs' | 'outputs';
  readonly document: DraftInside['document'];
  readonly components: DraftInside['components'];
  readonly exposed: readonly ExposedPort[];
  readonly nameOf: (own: string) => string;
  readonly whyWrong: (name: string) => string | null;
  readonly onName: (own: string, name: string) => void;
  readonly onExpose: (exposed: readonly ExposedPort[]) => void;
}

function PortsOfSide({ side, document, components, exposed, nameOf, whyWrong, onName, onExpose }: PortsOfSideProps) {
  const word = side === 'inputs' ? 'input' : 'output';
  const own = Object.keys(document[side]);
  const here = exposed.filter((each) => each.side === side);
  const free = exposable(document, components).filter((port) => port.side === side && !here.some((each) => idOf(each) === idOf(port)));
  const titleOf = ({ step, port }: Omit<ExposedPort, 'as'>): string => `${port} of ${document.jobs[step]?.display_name ?? step}`;
  const expose = (id: string | null): void => {
    const port = free.find((each) => idOf(each) === id);
    const taken = new Set([...own.map(nameOf), ...here.map(({ as }) => as)]);
    if (port) onExpose([...exposed, { ...port, as: freeName(port.port.replaceAll('.', '_'), taken) }]);
  };
  return (
    <section aria-label={side === 'inputs' ? 'Inputs' : 'Outputs'} className={classes.form}>
      <h3 className={classes.portsTitle}>{side === 'inputs' ? 'Inputs' : 'Outputs'}</h3>
      {own.map((name) => (
        <TextInput
          key={name}
          size="xs"
          aria-label={`Name of ${name}`}
          value={nameOf(name)}
          error={whyWrong(nameOf(name))}
          onChange={(event) => onName(name, event.currentTarget.value)}
        />
      ))}
      {here.map((each) => (
        <TextInput
          key={idOf(each)}
          size="xs"
          aria-label={`Name of ${each.port} of ${each.step}`}
          description={titleOf(each)}
          value={each.as}
          error={whyWrong(each.as)}
          onChange={(event) => {
            const as = event.currentTarget.value;
            onExpose(exposed.map((other) => (idOf(other) === idOf(each) ? { ...other, as } : other)));
          }}
          rightSection={
            <ActionIcon aria-label={`Do not expose ${each.port}`} onClick={() => onExpose(exposed.filter((other) => idOf(other) !== idOf(each)))}>
              <IconX size={14} stroke={1.8} />
            </ActionIcon>
          }
        />
      ))}
      <Select
        size="xs"
        searchable
        aria-label={`Expose an ${word} of a step`}
        placeholder={`Expose an ${word} of a step…`}
        data={free.map((port) => ({ value: idOf(port), label: titleOf(port) }))}
        value={null}
        onChange={expose}
      />
    </section>
  );
}

const idOf = ({ side, step, port }: Omit<ExposedPort, 'as'>): string => `${side} ${step} ${port}`;
