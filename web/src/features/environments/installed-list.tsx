import { TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { lockQuery } from '../../api/environments.ts';
import { countOf } from '../../ui/format/number.ts';
import { CopyButton } from '../../ui/text/copy-button.tsx';
import { type EnvironmentPackage, isOtherVersion, environmentPackages, searchPackages } from './installed-packages.ts';
import classes from './environments.module.css';

interface InstalledListProps {
  /** The name of the list of what is installed. */
  readonly lock: string;
  /** The lines that ask for packages. */
  readonly declared: readonly string[];
}

/** What an environment really holds, searched by name; what is asked for and not there stands first. */
export function InstalledList({ lock, declared }: InstalledListProps) {
  const { data, error } = useQuery(lockQuery(lock));
  const [text, setText] = useState('');
  if (error && !data) return <p className="pw-sm pw-muted">What is installed cannot be read: {messageOf(error)}</p>;
  if (!data) return null;
  const all = environmentPackages(data.packages, declared);
  const missing = all.filter(({ version }) => version === null);
  const shown = searchPackages(all, text);
  return (
    <section className={classes.installed} aria-label="What is installed">
      <p className="pw-sm pw-t2">
        Installed: Python {data.python}, {countOf(data.packages.length, 'package')}.
        {missing.length > 0 && ` Asked for and not installed: ${missing.map(({ name }) => name).join(', ')}.`}
      </p>
      <div className={classes.installedTools}>
        <TextInput
          size="xs"
          type="search"
          aria-label="Search the installed packages"
          placeholder={`Search ${countOf(all.length, 'package')}`}
          leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          // In a form, Enter in a search sends nothing.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <CopyButton text={`${data.packages.join('\n')}\n`} label="Copy as requirements" />
      </div>
      <div className={classes.installedList} role="region" aria-label="Installed packages" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Package</th>
              <th scope="col">Version</th>
              <th scope="col">Asked for</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <PackageRow key={each.name} of={each} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="pw-sm pw-muted">{text === '' ? 'Nothing besides Python.' : `No package has “${text}” in its name or version.`}</p>}
      </div>
    </section>
  );
}

function PackageRow({ of }: { readonly of: EnvironmentPackage }) {
  const { name, version, asked, condition } = of;
  return (
    <tr data-package={version === null ? 'missing' : 'installed'}>
      <th scope="row">{name}</th>
      <td className={version === null || isOtherVersion(of) ? classes.odd : ''} title={version ?? ''}>
        {(version === null || isOtherVersion(of)) && <IconAlertTriangle size={13} stroke={1.8} aria-hidden />} {version ?? 'not installed'}
      </td>
      <td>
        {asked === null ? <span className="pw-muted">comes along</span> : asked === '' ? 'any version' : asked}
        {condition !== null && <span className="pw-muted"> if {condition}</span>}
      </td>
    </tr>
  );
}
