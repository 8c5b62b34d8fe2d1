import { Chip } from './chip.tsx';

/** That a run was a test of a component; nothing where it was none. */
export function TestChip({ origin }: { readonly origin: { readonly kind: string; readonly component?: string } }) {
  return (
    origin.kind === 'test' && (
      <span title={`A component was tried by itself before it was a version: ${origin.component}`}>
        <Chip tone="brand">test</Chip>
      </span>
    )
  );
}
