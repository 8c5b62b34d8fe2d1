import { useState } from 'react';
import { Outlet } from 'react-router';
import { useCommandKeys } from '../ui/commands/use-command-keys.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import { focusNextPane } from './focus-next-pane.ts';
import { CommandPalette } from './command-palette/command-palette.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Rail } from './rail.tsx';
import { ShortcutSheet } from './shortcuts/shortcut-sheet.tsx';
import { useDensity } from './use-density.ts';
import { useNavigationCommands } from './use-navigation-commands.ts';
import classes from './shell.module.css';

type Overlay = 'palette' | 'shortcuts' | null;

/** What surrounds every page: the rail, the banner about the connection, the palette, the keys. */
export function Shell() {
  const [overlay, setOverlay] = useState<Overlay>(null);
  useDensity();
  useCommandKeys();
  useNavigationCommands();
  useCommands('shell', [
    { id: 'shell.palette', title: 'Search and commands', group: 'General', keys: 'Ctrl+K', worksInText: true, run: () => setOverlay('palette') },
    { id: 'shell.shortcuts', title: 'Keyboard shortcuts', group: 'General', keys: '?', run: () => setOverlay('shortcuts') },
    { id: 'shell.next-pane', title: 'Next pane', group: 'General', keys: 'F6', worksInText: true, run: () => focusNextPane(1) },
    { id: 'shell.previous-pane', title: 'Previous pane', group: 'General', keys: 'Shift+F6', worksInText: true, run: () => focusNextPane(-1) },
  ]);
  const close = (): void => setOverlay(null);
  return (
    <div className={classes.shell}>
      <Rail onHelp={() => setOverlay('shortcuts')} />
      <div className={classes.work}>
        <ConnectionBanner />
        <div className={classes.page}>
          <Outlet />
        </div>
      </div>
      <CommandPalette isOpen={overlay === 'palette'} onClose={close} />
      <ShortcutSheet isOpen={overlay === 'shortcuts'} onClose={close} />
    </div>
  );
}
