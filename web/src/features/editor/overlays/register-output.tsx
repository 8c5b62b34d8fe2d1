import { isAssetName, isAssetVersion } from '@pipewright/shared/asset/asset.ts';
import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { RegisterDialog } from '../../../assets/register-dialog.tsx';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { useMadeOutput } from '../inspector/use-made-output.ts';
import { nameOutput, nameOfOutput } from '../model/name-output.ts';
import { useEditor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import classes from './overlays.module.css';

type OutputOverlay = Extract<Overlay, { kind: 'register-output' | 'name-output' }>;

/** Gives what the attached run has put out a name. */
export function RegisterOutput({ overlay: { step, port } }: { readonly overlay: OutputOverlay }) {
  const { store } = useEditor();
  const made = useMadeOutput({ step, port });
  const type = made?.artifact.type;
  return (
    <RegisterDialog
      source={made && type !== undefined && isDataType(type) ? { from: 'output', output: { run: made.run, ...made.maker }, type } : null}
      name={nameOfOutput(store.getState().content.document, { step, port }).name || port}
      onClose={() => store.getState().open(null)}
    />
  );
}

/** Says under which name each run registers an output. */
export function NameOutput({ overlay: { step, port } }: { readonly overlay: OutputOverlay }) {
  const { store } = useEditor();
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title={`Register output ${port} in each run`} size={460} centered>
      <NameForm step={step} port={port} onClose={close} />
    </Modal>
  );
}

function NameForm({ step, port, onClose }: { readonly step: string; readonly port: string; readonly onClose: () => void }) {
  const { store } = useEditor();
  const said = nameOfOutput(store.getState().content.document, { step, port });
  const [name, setName] = useState(said.name === '' ? port : said.name);
  const [version, setVersion] = useState(said.version);
  const isRight = (name === '' || isAssetName(name)) && (version === '' || isAssetVersion(version));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        const op = nameOutput(store.getState().content.document, { step, port }, { name, version });
        store.getState().edit([op], { label: name === '' ? `Register ${port} no more` : `Register ${port} as ${name}` });
        onClose();
      }}
    >
      <TextInput
        label="Name"
        description="Without one the output is not registered."
        value={name}
        error={name !== '' && !isAssetName(name) ? 'Only letters, digits, dots, dashes and underscores' : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Version"
        description="The next number, unless said. A version is never changed: a run that puts out other content under it fails."
        value={version}
        error={version !== '' && !isAssetVersion(version) ? 'No spaces, colons, slashes or @' : undefined}
        onChange={(event) => setVersion(event.currentTarget.value)}
      />
      <DialogFoot>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={!isRight}>
          Save
        </Button>
      </DialogFoot>
    </form>
  );
}
