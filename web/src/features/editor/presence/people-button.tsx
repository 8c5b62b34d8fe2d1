import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { StepView } from '../../../canvas/step-view.ts';
import { useMyName } from '../../../api/workspace.ts';
import { useThings } from '../../../ui/commands/things.ts';
import { countOf } from '../../../ui/format/number.ts';
import { Avatar } from '../../../ui/people/avatar.tsx';
import { useReveal } from '../commands/use-reveal.ts';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import { nameOf, placeOf, stepsOf } from './place-words.ts';
import classes from './presence.module.css';

const mostAvatars = 4;

interface Seen {
  readonly name: string;
  /** What they are called here. */
  readonly called: string;
  readonly place: string;
  readonly steps: readonly string[];
}

/** Who else has the draft open, in the top bar; each row goes to where they are. */
export function PeopleButton() {
  const seen = useSeenPeople();
  const go = useReveal();
  useThings('editor.people', () =>
    seen.flatMap(({ name, called, place, steps }) =>
      steps.length === 0
        ? []
        : [
            {
              id: `person:${name}`,
              title: `Go to ${called}`,
              group: 'People',
              detail: place,
              keywords: 'presence who',
              icon: IconMapPin,
              run: () => go(steps),
            },
          ],
    ),
  );
  if (seen.length === 0) return null;
  const more = seen.length - mostAvatars;
  return (
    <Menu position="bottom-end" width={264} withinPortal>
      <Menu.Target>
        <Tooltip label={seen.map(({ called, place }) => `${called}, ${place}`).join(' · ')} multiline maw={360}>
          <UnstyledButton className={classes.people} aria-label={`Also here: ${seen.map(({ called }) => called).join('; ')}`}>
            {seen.slice(0, mostAvatars).map(({ name }) => (
              <Avatar key={name} name={name} />
            ))}
            {more > 0 && <span className={classes.more}>+{more}</span>}
          </UnstyledButton>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{countOf(seen.length, 'person', 'people')} beside this window</Menu.Label>
        {seen.map(({ name, called, place, steps }) => (
          <Menu.Item key={name} leftSection={<Avatar name={name} />} disabled={steps.length === 0} onClick={() => go(steps)}>
            <span className={classes.person}>
              <b>{called}</b> <span>{place}</span>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const noViews: ReadonlyMap<string, StepView> = new Map();

function useSeenPeople(): Seen[] {
  const { presence } = useEditor();
  const people = useStore(presence, (state) => state.people);
  const drawn = useDerived((derived) => (people.length === 0 ? noViews : derived.drawn));
  const me = useMyName();
  return people.map((person) => {
    const steps = stepsOf(person, (step) => drawn.has(step.split('/')[0] ?? step));
    return { name: person.name, called: nameOf(person, me), place: placeOf(steps, (step) => drawn.get(step)?.title ?? step), steps };
  });
}
