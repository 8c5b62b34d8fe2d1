import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import type { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { Button, Modal, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { useRegisterEnvironment } from '../../api/environments.ts';
import { CodeField } from '../../ui/code/code-field.tsx';
import { DialogFoot } from '../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../ui/feedback/refusal.tsx';
import { showToast } from '../../ui/feedback/toast.tsx';
import { condaOf, definitionOf, packagesOf, textOfEnvironment, whyNotPackages, whyNotPython, type EnvironmentText } from './environment-text.ts';
import { InstalledList } from './installed-list.tsx';
import classes from './environments.module.css';

export function NewEnvironmentButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setIsOpen(true)}>
        New environment…
      </Button>
      {isOpen && <EnvironmentDialog title="New environment" first={textOfEnvironment('', {})} lock={null} onClose={() => setIsOpen(false)} />}
    </>
  );
}

export function NextVersionButton({ environment }: { readonly environment: RegisteredEnvironment }) {
  const [isOpen, setIsOpen] = useState(false);
  const { name, definition, source } = environment;
  const isOwn = source !== 'built-in';
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
        {isOwn ? 'New version…' : 'Make one like it…'}
      </Button>
      {isOpen && (
        <EnvironmentDialog
          title={isOwn ? `New version of ${name}` : `An environment like ${name}`}
          first={textOfEnvironment(isOwn ? name : `${name}-own`, definition)}
          lock={environment.build?.lock ?? null}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

interface EnvironmentDialogProps {
  readonly title: string;
  readonly first: EnvironmentText;
  /** What is installed in the one that it begins with; null: that is not built. */
  readonly lock: string | null;
  readonly onClose: () => void;
}

function EnvironmentDialog({ title, first, lock, onClose }: EnvironmentDialogProps) {
  const navigate = useNavigate();
  const register = useRegisterEnvironment();
  const [text, setText] = useState(first);
  const [refusal, setRefusal] = useState<string | null>(null);
  const set = (next: Partial<EnvironmentText>): void => setText({ ...text, ...next });
  const wrongName = isAssetName(text.name) ? null : 'Only letters, digits, dots, dashes and underscores';
  const isWrong = wrongName !== null || (text.conda === null && (whyNotPython(text.python) !== null || whyNotPackages(text.packages) !== null));
  /** The same in the other form; a conda file that cannot be read stays as it is. */
  const write = async (form: string): Promise<void> => {
    setRefusal(null);
    if (form === 'conda') return set({ conda: condaOf(text) });
    const read = await packagesOf(text.conda ?? '');
    if (typeof read === 'string') return setRefusal(read);
    set({ python: read.python, packages: read.packages, conda: null });
    if (read.notes.length > 0) setRefusal(read.notes.join(' '));
  };
  const submit = async (): Promise<void> => {
    setRefusal(null);
    try {
      const definition = await definitionOf(text);
      if (typeof definition === 'string') return setRefusal(definition);
      const { name, version, outcome } = await register.mutateAsync({ definition });
      onClose();
      showToast({ text: outcome === 'unchanged' ? `${name}:${version} holds the same already` : `${name}:${version} is registered` });
      void navigate(`/environments/${encodeURIComponent(name)}?version=${encodeURIComponent(version)}`);
    } catch (error) {
      setRefusal(messageOf(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size={640} centered>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWrong) void submit();
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          value={text.name}
          error={text.name === '' ? null : wrongName}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput label="Description" value={text.description} onChange={(event) => set({ description: event.currentTarget.value })} />
        <SegmentedControl
          aria-label="Written as"
          data={[
            { value: 'packages', label: 'Packages' },
            { value: 'conda', label: 'Conda file' },
          ]}
          value={text.conda === null ? 'packages' : 'conda'}
          onChange={(form) => void write(form)}
        />
        <Contents text={text} onChange={set} />
        {lock !== null && text.conda === null && (
          <div className={classes.builtNow}>
            <h3 className="pw-sm pw-med">In the version that is built</h3>
            <InstalledList lock={lock} declared={text.packages.split('\n')} />
          </div>
        )}
        {refusal !== null && <Refusal>{refusal}</Refusal>}
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={register.isPending} disabled={isWrong}>
            Register
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}

/** Python and packages, or the conda file that says the same. */
function Contents({ text, onChange }: { readonly text: EnvironmentText; readonly onChange: (next: Partial<EnvironmentText>) => void }) {
  return text.conda === null ? (
    <>
      <TextInput
        label="Python"
        placeholder="any"
        classNames={{ input: 'pw-mono' }}
        value={text.python}
        error={whyNotPython(text.python)}
        onChange={(event) => onChange({ python: event.currentTarget.value })}
      />
      <Textarea
        label="Packages"
        description="One a line, as pip is told."
        placeholder={'pandas>=2,<3\nscikit-learn'}
        classNames={{ input: 'pw-mono' }}
        autosize
        minRows={5}
        maxRows={14}
        value={text.packages}
        error={whyNotPackages(text.packages)}
        onChange={(event) => onChange({ packages: event.currentTarget.value })}
      />
    </>
  ) : (
    <div className={classes.conda}>
      <CodeField label="Conda file" language="yaml" form="page" value={text.conda} onChange={(conda) => onChange({ conda })} />
    </div>
  );
}
