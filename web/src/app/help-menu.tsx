import { Menu } from '@mantine/core';
import { IconCheck, IconHelp, IconKeyboard, IconRoute, IconSparkles } from '@tabler/icons-react';
import { CommandKeys } from '../ui/commands/key-hint.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { news } from './tours/news.ts';
import { type Tour, tours } from './tours/tours.ts';
import classes from './shell.module.css';
import tourClasses from './tours/tours.module.css';

interface HelpMenuProps {
  readonly onShortcuts: () => void;
  readonly onNews: () => void;
  readonly onTour: (tour: Tour) => void;
}

const icon = { size: 15, stroke: 1.8 } as const;

/** Keys, tours, and what is new; a dot says that something is. */
export function HelpMenu({ onShortcuts, onNews, onTour }: HelpMenuProps) {
  const seenNews = usePreferences((state) => state.seenNews);
  const taken = usePreferences((state) => state.firstSteps);
  const hasNews = seenNews !== news.id;
  return (
    <Menu position="right-end" width={270} withinPortal>
      <Menu.Target>
        <button type="button" className={classes.item} aria-label={hasNews ? 'Help, something is new' : 'Help'} title="Help">
          <IconHelp size={19} stroke={1.6} />
          {hasNews && <span className={tourClasses.dot} />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconKeyboard {...icon} />} rightSection={<CommandKeys of="shell.shortcuts" />} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconSparkles {...icon} />} rightSection={hasNews && <span className="pw-xs pw-muted">new</span>} onClick={onNews}>
          What is new
        </Menu.Item>
        <Menu.Label>Tours</Menu.Label>
        {tours.map((tour) => (
          <Menu.Item
            key={tour.id}
            leftSection={<IconRoute {...icon} />}
            rightSection={taken[`tour ${tour.id}`] === true && <IconCheck size={14} stroke={2} aria-label="taken" />}
            onClick={() => onTour(tour)}
          >
            {tour.title}
            <span className="pw-xs pw-muted" style={{ display: 'block' }}>
              {tour.summary}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
