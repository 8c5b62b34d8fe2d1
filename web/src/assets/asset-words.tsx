import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { Button, TagsInput, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { type AssetAddress, useChangeAsset } from '../api/assets.ts';
import { Chip } from '../ui/feedback/chip.tsx';
import { DialogFoot } from '../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../ui/feedback/refusal.tsx';
import { Markdown } from '../ui/text/markdown.tsx';
import { readTags, writeTag } from './tags.ts';
import classes from './assets.module.css';

interface AssetWordsProps {
  readonly asset: Pick<Asset, 'description' | 'tags' | 'source'>;
  readonly address: AssetAddress;
}

/** Description and tags of a version, edited where they stand. */
export function AssetWords({ asset, address }: AssetWordsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const tags = Object.entries(asset.tags).map(writeTag);
  if (isOpen) return <WordsForm asset={asset} address={address} onClose={() => setIsOpen(false)} />;
  return (
    <div className={classes.form}>
      {asset.description !== '' && <Markdown source={asset.description} />}
      <div className={classes.tags}>
        {tags.map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
        {asset.source !== 'built-in' && (
          <Button size="xs" variant="subtle" leftSection={<IconPencil size={14} stroke={1.8} />} onClick={() => setIsOpen(true)}>
            Edit description and tags
          </Button>
        )}
      </div>
    </div>
  );
}

function WordsForm({ asset, address, onClose }: AssetWordsProps & { readonly onClose: () => void }) {
  const change = useChangeAsset(address);
  const [description, setDescription] = useState(asset.description);
  const [tags, setTags] = useState(Object.entries(asset.tags).map(writeTag));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ description, tags: readTags(tags) }, { onSuccess: onClose });
      }}
    >
      <Textarea
        label="Description"
        description="Markdown"
        autosize
        minRows={3}
        maxRows={14}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        data-autofocus
      />
      <TagsInput label="Tags" description="KEY or KEY=VALUE, with Enter after each" value={tags} onChange={setTags} />
      {change.isError && <Refusal>{messageOf(change.error)}</Refusal>}
      <DialogFoot>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={change.isPending}>
          Save
        </Button>
      </DialogFoot>
    </form>
  );
}
