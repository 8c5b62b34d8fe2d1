import { Button, type MantineColorScheme, SegmentedControl, Switch, TextInput, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { useUpdateWorkspace, workspaceQuery } from '../../api/workspace.ts';
import { runCommand } from '../../ui/commands/command-registry.ts';
import { spellKeys } from '../../ui/commands/match-keys.ts';
import { useKeysOf } from '../../ui/commands/use-listed-commands.ts';
import { countOf } from '../../ui/format/number.ts';
import { Page } from '../../ui/page/page.tsx';
import { densities, type QuickAddKey, usePreferences } from '../../ui/preferences.ts';
import classes from './settings.module.css';
import { StorageSection } from './storage-section.tsx';

const schemes: readonly { readonly value: MantineColorScheme; readonly label: string }[] = [
  { value: 'auto', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const quickAddKeys: readonly { readonly value: QuickAddKey; readonly label: string }[] = [
  { value: 'tab', label: 'Tab' },
  { value: 'space', label: 'Space' },
  { value: 'both', label: 'Both' },
];

/** Who you are here, and how the page looks. */
export function SettingsPage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = usePreferences((state) => state.density);
  const setDensity = usePreferences((state) => state.setDensity);
  const workspace = useQuery(workspaceQuery()).data;
  return (
    <Page title="Settings" crumbs={[{ text: 'Settings' }]}>
      <div className={classes.settings}>
        <section className={`pw-card ${classes.group}`} aria-label="You">
          <h2>You</h2>
          <Row label="Display name" hint="Marks drafts, runs and comments that are made here.">
            {workspace && <DisplayName key={workspace.displayName} name={workspace.displayName} />}
          </Row>
          <Row
            label="Name in this browser"
            hint="For somebody else who works on this server: marks what is done in this browser, and is shown to others who have the same draft open."
          >
            <OwnName placeholder={workspace?.displayName ?? ''} />
          </Row>
        </section>
        <section className={`pw-card ${classes.group}`} aria-label="Appearance">
          <h2>Appearance</h2>
          <Row label="Theme" hint="Kept in this browser.">
            <SegmentedControl
              aria-label="Theme"
              value={colorScheme}
              onChange={(value) => setColorScheme(schemes.find((scheme) => scheme.value === value)?.value ?? 'auto')}
              data={[...schemes]}
            />
          </Row>
          <Row label="Density" hint="How close rows and controls stand. The canvas does not change.">
            <SegmentedControl
              aria-label="Density"
              value={density}
              onChange={(value) => setDensity(densities.find((option) => option.value === value)?.value ?? 'cosy')}
              data={[...densities]}
            />
          </Row>
        </section>
        <CanvasSection />
        <ShortcutSection />
        <section className={`pw-card ${classes.group}`} aria-label="This server">
          <h2>This server</h2>
          <Row label="Version">{workspace?.version}</Row>
          <Row label="Data folder" hint="Drafts, runs and artifacts lie here.">
            <span className="pw-mono">{workspace?.home}</span>
          </Row>
          <Row label="Slots" hint="How many steps run at once. Set by slots in config.yml of the data folder.">
            {workspace?.slots}
          </Row>
        </section>
        <StorageSection />
      </div>
    </Page>
  );
}

/** How the designer's canvas answers. */
function CanvasSection() {
  const { quickAddKey, setQuickAddKey, isSnapping, setSnapping } = usePreferences();
  return (
    <section className={`pw-card ${classes.group}`} aria-label="Canvas">
      <h2>Canvas</h2>
      <Row
        label="Quick add"
        hint="The key that opens the list of components on the canvas. With Space alone, Tab goes on to the next control; Space held down pans either way."
      >
        <SegmentedControl
          aria-label="Quick add"
          value={quickAddKey}
          onChange={(value) => setQuickAddKey(quickAddKeys.find((option) => option.value === value)?.value ?? 'tab')}
          data={[...quickAddKeys]}
        />
      </Row>
      <Row label="Snap to the grid" hint="Steps keep to squares of 8 pixels while they are dragged; Alt lets go of it meanwhile.">
        <Switch aria-label="Snap to the grid" checked={isSnapping} onChange={(event) => setSnapping(event.currentTarget.checked)} />
      </Row>
    </section>
  );
}

/** Keys of commands are changed in the sheet, on the page that has them. */
function ShortcutSection() {
  const { shortcuts, setShortcuts } = usePreferences();
  const own = Object.keys(shortcuts).length;
  const keys = useKeysOf('shell.shortcuts');
  return (
    <section className={`pw-card ${classes.group}`} aria-label="Keyboard shortcuts">
      <h2>Keyboard shortcuts</h2>
      <Row
        label={own === 0 ? 'All as they come' : `${countOf(own, 'command')} with keys of your own`}
        hint={`The sheet of shortcuts${keys === undefined ? '' : `, ${spellKeys(keys)} on every page,`} has the commands of the page that it is opened on, and changes their keys.`}
      >
        {own > 0 && (
          <Button variant="default" onClick={() => setShortcuts({})}>
            Reset them
          </Button>
        )}
        <Button variant="default" onClick={() => runCommand('shell.shortcuts')}>
          Open the sheet
        </Button>
      </Row>
    </section>
  );
}

interface RowProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Row({ label, hint, children }: RowProps) {
  return (
    <div className={classes.row}>
      <div>
        <div className="pw-med">{label}</div>
        {hint !== undefined && <p className="pw-xs pw-muted">{hint}</p>}
      </div>
      <div className={classes.value}>{children}</div>
    </div>
  );
}

/** Kept in this browser; empty for the display name of the server. */
function OwnName({ placeholder }: { readonly placeholder: string }) {
  const { ownName, setOwnName } = usePreferences();
  const [text, setText] = useState(ownName);
  const commit = (): void => setOwnName(text.trim());
  return (
    <TextInput
      w={260}
      aria-label="Name in this browser"
      maxLength={80}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setText(ownName);
      }}
    />
  );
}

/** Commits on Enter and when left; Esc restores. */
function DisplayName({ name }: { readonly name: string }) {
  const [text, setText] = useState(name);
  const update = useUpdateWorkspace();
  const commit = (): void => {
    const displayName = text.trim();
    if (displayName === '') setText(name);
    else if (displayName !== name) update.mutate({ displayName });
  };
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') setText(name);
  };
  return (
    <TextInput
      w={260}
      aria-label="Display name"
      maxLength={80}
      value={text}
      error={update.isError ? messageOf(update.error) : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={handleKeyDown}
    />
  );
}
