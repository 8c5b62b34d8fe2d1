import { Chip } from './chip.tsx';

/** That a run was of a part of its pipeline only; nothing where it was of all of it. */
export function PartChip({ part }: { readonly part: { readonly text: string } | undefined }) {
  return (
    part && (
      <span title={`Only a part of the pipeline was run: ${part.text}`}>
        <Chip>{part.text}</Chip>
      </span>
    )
  );
}
