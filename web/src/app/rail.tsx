import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { CommandKeys } from '../ui/commands/key-hint.tsx';
import { commandOf, type Destination, destinations, settingsDestination } from './destinations.ts';
import { Logo } from './logo.tsx';
import classes from './shell.module.css';

export function Rail({ help }: { readonly help: ReactNode }) {
  return (
    <nav className={classes.rail} aria-label="Main" data-pane tabIndex={-1}>
      <Link to="/" className={classes.logo} aria-label="Pipewright, home">
        <Logo />
      </Link>
      {destinations.map((destination) => (
        <RailLink key={destination.path} destination={destination} />
      ))}
      <span className={classes.space} />
      {help}
      <RailLink destination={settingsDestination} />
    </nav>
  );
}

function RailLink({ destination }: { readonly destination: Destination }) {
  const { pathname } = useLocation();
  const { title, path, icon: Icon, owns } = destination;
  const isHere = path === '/' ? pathname === '/' : [path, ...owns].some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));
  return (
    <Tooltip label={<RailTip title={title} command={commandOf(destination)} />} position="right">
      <Link to={path} className={classes.item} aria-label={title} data-current={isHere || undefined} aria-current={isHere ? 'page' : undefined}>
        <Icon size={19} stroke={1.6} />
      </Link>
    </Tooltip>
  );
}

function RailTip({ title, command }: { readonly title: string; readonly command: string }) {
  return (
    <span className="pw-row">
      {title}
      <CommandKeys of={command} />
    </span>
  );
}
