import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQueryParam } from '../page/use-query-param.ts';
import classes from './search-field.module.css';

interface SearchFieldProps {
  readonly label: string;
  /** What is looked through, where the label does not say it. */
  readonly placeholder?: string;
}

/** What a list is searched by; it stands in the address as `search`. */
export function SearchField({ label, placeholder = label }: SearchFieldProps) {
  const [search, setSearch] = useQueryParam('search');
  return (
    <TextInput
      size="xs"
      className={classes.search}
      placeholder={placeholder}
      aria-label={label}
      leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
      value={search}
      onChange={(event) => setSearch(event.currentTarget.value)}
    />
  );
}
