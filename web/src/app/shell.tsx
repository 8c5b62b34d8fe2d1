import { useState } from 'react';
import { Outlet } from 'react-router';
import { useCommandKeys } from '../ui/commands/use-command-keys.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import { focusNextPane } from './focus-next-pane.ts';
import { CommandPalette } from './command-palette/command-palette.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Rail } from './rail.tsx';
import { ShortcutSheet } from './shortcuts/shortcut-sheet.tsx';
import { HelpMenu } from './help-menu.tsx';
import { news } from './tours/news.ts';
import { NewsDialog } from './tours/news-dialog.tsx';
import { TourLayer } from './tours/tour-layer.tsx';
import { tours } from './tours/tours.ts';
import { useBeginTour } from './tours/use-begin-tour.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useDensity } from './use-density.ts';
import { useNavigationCommands } from './use-navigation-commands.ts';
import classes from './shell.module.css';

type Overlay = 'palette' | 'shortcuts' | 'news' | null;

/** What surrounds every page: the rail, the banner about the connection, the palette, the keys. */
export function Shell() {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const beginTour = useBeginTour();
  const showNews = (): void => {
    usePreferences.getState().seeNews(news.id);
    setOverlay('news');
  };
  useDensity();
  useCommandKeys();
  useNavigationCommands();
  useCommands('shell', [
    { id: 'shell.palette', title: 'Search and commands', group: 'General', keys: 'Ctrl+K', worksInText: true, run: () => setOverlay('palette') },
    { id: 'shell.shortcuts', title: 'Keyboard shortcuts', group: 'General', keys: '?', run: () => setOverlay('shortcuts') },
    { id: 'shell.news', title: 'What is new', group: 'Help', keywords: 'changes version features', run: showNews },
    ...tours.map((tour) => ({
      id: `tour.${tour.id}`,
      title: `Tour: ${tour.title}`,
      group: 'Help',
      keywords: 'help learn begin guide',
      run: () => beginTour(tour),
    })),
    { id: 'shell.next-pane', title: 'Next pane', group: 'General', keys: 'F6', worksInText: true, run: () => focusNextPane(1) },
    { id: 'shell.previous-pane', title: 'Previous pane', group: 'General', keys: 'Shift+F6', worksInText: true, run: () => focusNextPane(-1) },
  ]);
  const close = (): void => setOverlay(null);
  return (
    <div className={classes.shell}>
      <Rail help={<HelpMenu onShortcuts={() => setOverlay('shortcuts')} onNews={showNews} onTour={beginTour} />} />
      <div className={classes.work}>
        <ConnectionBanner />
        <div className={classes.page}>
          <Outlet />
        </div>
      </div>
      <CommandPalette isOpen={overlay === 'palette'} onClose={close} />
      <NewsDialog isOpen={overlay === 'news'} onClose={close} onTour={beginTour} />
      <TourLayer />
      <ShortcutSheet isOpen={overlay === 'shortcuts'} onClose={close} />
    </div>
  );
}
