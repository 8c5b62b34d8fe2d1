import { type BytesKind, isAssetName, kindOfType } from '@pipewright/shared/asset/asset.ts';
import type { DataType } from '@pipewright/shared/component/port-type.ts';
import type { Registered } from '@pipewright/shared/http/register.ts';
import { Button, FileButton, Modal, SegmentedControl, TagsInput, Textarea, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../api/api-error.ts';
import { type RegisterRequest, useRegisterAsset } from '../api/assets.ts';
import { DialogFoot } from '../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../ui/feedback/refusal.tsx';
import { countOf } from '../ui/format/number.ts';
import { showToast } from '../ui/feedback/toast.tsx';
import { assetHref } from './asset-links.tsx';
import { readTags } from './tags.ts';
import classes from './assets.module.css';

/** What is to get a name: an output of a run, or what a person brings. */
export type RegisterSource =
  | { readonly from: 'output'; readonly output: { readonly run: string; readonly step: string; readonly port: string }; readonly type: DataType }
  | { readonly from: 'person'; readonly kind: BytesKind };

interface RegisterDialogProps {
  /** Null: closed. */
  readonly source: RegisterSource | null;
  /** To begin with. */
  readonly name?: string;
  readonly onClose: () => void;
  readonly onRegistered?: (registered: Registered) => void;
}

/** Gives a name and a version to bytes. */
export function RegisterDialog({ source, name = '', onClose, onRegistered }: RegisterDialogProps) {
  const title = source?.from === 'output' ? `Register output ${source.output.port}` : source?.kind === 'model' ? 'Register a model' : 'Register data';
  return (
    <Modal opened={source !== null} onClose={onClose} title={title} size={520} centered>
      {source && <RegisterForm source={source} startName={name} onClose={onClose} onRegistered={onRegistered} />}
    </Modal>
  );
}

interface RegisterFormProps extends Pick<RegisterDialogProps, 'onClose'> {
  readonly source: RegisterSource;
  readonly startName: string;
  readonly onRegistered: ((registered: Registered) => void) | undefined;
}

function RegisterForm({ source, startName, onClose, onRegistered }: RegisterFormProps) {
  const register = useRegisterAsset();
  const navigate = useNavigate();
  const [kind, setKind] = useState<BytesKind>(source.from === 'output' ? kindOfType(source.type) : source.kind);
  const [name, setName] = useState(startName);
  const [version, setVersion] = useState('');
  const [path, setPath] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [description, setDescription] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const isNamed = isAssetName(name);
  const isFilled = source.from === 'output' || path.trim() !== '' || files.length > 0;

  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const said = { kind, name, description, tags: readTags(tags), ...(version.trim() === '' ? {} : { version: version.trim() }), files };
    const request: RegisterRequest = source.from === 'output' ? { ...said, output: source.output } : { ...said, path: path.trim() };
    register.mutate(request, {
      onSuccess: (registered) => {
        onClose();
        const done = registered.outcome === 'unchanged' ? 'is registered already, with the same content' : 'is registered';
        const text = `${registered.name}:${registered.version} ${done}`;
        showToast(source.from === 'output' ? { text, action: { label: 'Open', run: () => void navigate(assetHref(registered)) } } : { text });
        onRegistered?.(registered);
      },
    });
  };
  return (
    <form className={classes.form} onSubmit={handleSubmit}>
      {source.from === 'output' && (
        <SegmentedControl
          fullWidth
          aria-label="Register it as"
          value={kind}
          onChange={(value) => setKind(value === 'model' ? 'model' : 'data')}
          data={[
            { value: 'data', label: 'Data' },
            { value: 'model', label: 'Model' },
          ]}
        />
      )}
      <div className={classes.pair}>
        <TextInput
          label="Name"
          required
          value={name}
          error={name !== '' && !isNamed ? 'Only letters, digits, dots, dashes and underscores' : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput label="Version" placeholder="the next number" value={version} onChange={(event) => setVersion(event.currentTarget.value)} />
      </div>
      {source.from === 'person' && <WhatPart path={path} onPath={setPath} files={files} onFiles={setFiles} />}
      <Textarea
        label="Description"
        description="Markdown"
        autosize
        minRows={2}
        maxRows={8}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <TagsInput label="Tags" description="KEY or KEY=VALUE, with Enter after each" value={tags} onChange={setTags} />
      {register.isError && <Refusal>{messageOf(register.error)}</Refusal>}
      <DialogFoot>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={!isNamed || !isFilled} loading={register.isPending}>
          Register
        </Button>
      </DialogFoot>
    </form>
  );
}

interface WhatPartProps {
  readonly path: string;
  readonly onPath: (path: string) => void;
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
}

/** A path or an address, or files of this computer. */
function WhatPart({ path, onPath, files, onFiles }: WhatPartProps) {
  return (
    <>
      <TextInput
        label="Path or address"
        description="On the machine of the server; its bytes are copied. What lies at an address stays there."
        placeholder="/data/cars.csv, azureml://datastores/box/paths/in, https://…"
        value={path}
        disabled={files.length > 0}
        onChange={(event) => onPath(event.currentTarget.value)}
      />
      <div className={classes.files}>
        <FileButton multiple onChange={onFiles}>
          {(props) => (
            <Button {...props} size="xs" variant="default" leftSection={<IconUpload size={15} stroke={1.8} />}>
              {files.length === 0 ? 'Or send files' : 'Other files'}
            </Button>
          )}
        </FileButton>
        {files.length > 0 && (
          <>
            <span className="pw-sm pw-clip">{files.length === 1 ? files[0]?.name : countOf(files.length, 'file')}</span>
            <Button size="xs" variant="subtle" onClick={() => onFiles([])}>
              Take away
            </Button>
          </>
        )}
      </div>
    </>
  );
}
