import type { ImportedDraft } from '@pipewright/shared/http/imports.ts';
import { Button, Modal } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { countOf } from '../../../ui/format/number.ts';
import classes from '../workspace.module.css';
import type { BroughtFile } from './brought-files.ts';
import { FileChooser } from './file-chooser.tsx';
import { FoundProblems } from './found-problems.tsx';
import { MissingParts } from './missing-parts.tsx';
import type { ImportOutcome } from './use-bring.ts';

interface ImportResultProps {
  readonly outcome: ImportOutcome | null;
  readonly isBusy: boolean;
  readonly onAdd: (draft: string, files: readonly BroughtFile[]) => void;
  readonly onClose: () => void;
  readonly onAgain: () => void;
}

/** What became of an import: what was found on the way, what is missing, and the ways on. */
export function ImportResult({ outcome, isBusy, onAdd, onClose, onAgain }: ImportResultProps) {
  const only = outcome?.kind === 'imported' && outcome.items.length === 1 ? outcome.items[0] : undefined;
  return (
    <Modal opened={outcome !== null} onClose={onClose} title={titleOf(outcome)} size={680} centered>
      {outcome?.kind === 'refused' && (
        <>
          <p className="pw-t2">No draft was made. {sentence(outcome.message)}</p>
          <FoundProblems problems={outcome.problems} />
        </>
      )}
      {outcome?.kind === 'imported' && (
        <>
          {outcome.items.map((item) => (
            <Item key={item.id} item={item} isAlone={only !== undefined} isBusy={isBusy} onAdd={(files) => onAdd(item.id, files)} />
          ))}
          {outcome.refusal !== null && <Refusal>{outcome.refusal}</Refusal>}
        </>
      )}
      <DialogFoot>
        <Button variant="default" onClick={outcome?.kind === 'refused' ? onAgain : onClose}>
          {outcome?.kind === 'refused' ? 'Import something else' : 'Close'}
        </Button>
        {only && (
          <Button component={Link} to={`/drafts/${only.id}`}>
            Open the draft
          </Button>
        )}
      </DialogFoot>
    </Modal>
  );
}

interface ItemProps {
  readonly item: ImportedDraft;
  readonly isAlone: boolean;
  readonly isBusy: boolean;
  readonly onAdd: (files: readonly BroughtFile[]) => void;
}

function Item({ item, isAlone, isBusy, onAdd }: ItemProps) {
  const { id, name, file, problems, missing, canAddFiles } = item;
  return (
    <section className={classes.imported} aria-label={name}>
      {!isAlone && (
        <header className={classes.importedHead}>
          <span className="pw-med">{name}</span>
          <span className="pw-mono pw-muted pw-grow">{file}</span>
          <Button size="xs" variant="default" component={Link} to={`/drafts/${id}`}>
            Open the draft
          </Button>
        </header>
      )}
      <p className="pw-t2">{summaryOf(item)}</p>
      {missing.length > 0 && <MissingParts parts={missing} />}
      {missing.length > 0 && canAddFiles && <FileChooser label="Add a folder" icon={IconFolderPlus} isFolder isDisabled={isBusy} onFiles={onAdd} />}
      <FoundProblems problems={problems} />
    </section>
  );
}

function summaryOf({ problems, missing }: ImportedDraft): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const said = [
    ...(missing.length > 0 ? [`${countOf(missing.length, 'part')} it names ${missing.length === 1 ? 'is' : 'are'} missing`] : []),
    ...(errors > 0 ? [`${countOf(errors, 'error')} to mend`] : []),
  ];
  const others = problems.length - errors;
  if (said.length === 0) return others === 0 ? 'A draft was made of it, with nothing to be said.' : 'A draft was made of it. This was found on the way:';
  return `A draft was made of it: ${said.join(', and ')}.`;
}

function titleOf(outcome: ImportOutcome | null): string {
  if (outcome?.kind === 'refused') return 'Not imported';
  if (outcome === null) return '';
  const [first] = outcome.items;
  return outcome.items.length === 1 && first ? `Imported ${first.name}` : `Imported ${countOf(outcome.items.length, 'pipeline')}`;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
