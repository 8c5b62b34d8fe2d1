import type { Component } from '@pipewright/shared/component/component.ts';
import { useMemo, useState } from 'react';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import type { PortView } from '../../../canvas/step-view.ts';
import { connectPorts, putAdapterBetween } from '../canvas/wire-actions.ts';
import { type Adapter, adapterFor, adapterTitle } from '@pipewright/shared/graph/adapter-for.ts';
import { describeWhyNot } from '../model/describe-why-not.ts';
import { portId, type PortRef } from '../model/port-ref.ts';
import { searchBy } from '../model/search-by.ts';
import { edgeBetween, startWiring, type Verdict } from '../model/wiring.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { type MenuGroup, SearchMenu } from './search-menu.tsx';
import classes from './overlays.module.css';

type ConnectOverlay = Extract<Overlay, { kind: 'connect' }>;

interface Choice {
  readonly from: PortRef;
  readonly to: PortRef;
  readonly text: string;
  readonly port: PortView;
  readonly verdict: Verdict;
  /** What would go between where the types do not agree. */
  readonly adapter: Adapter<Component> | null;
}

const mostRefused = 40;

/** Wiring without a mouse: what a step can be connected to, and why the rest cannot. */
export function ConnectMenu({ overlay }: { readonly overlay: ConnectOverlay }) {
  const editor = useEditor();
  const [query, setQuery] = useState('');
  const choices = useMemo(() => choicesOf(editor, overlay), [editor, overlay]);
  const title = editor.derived.getState().views.get(overlay.step)?.title ?? overlay.step;
  const groups = useMemo((): MenuGroup[] => {
    const found = searchBy(choices, query, ({ text }) => ({ title: text, words: '' }));
    // What is free comes before what would be replaced.
    const valid = found.filter(({ verdict }) => verdict.isValid).toSorted((a, b) => Number(replaces(a)) - Number(replaces(b)));
    const through = found.filter(({ adapter }) => adapter !== null).slice(0, mostRefused);
    const refused = found.filter(({ verdict, adapter }) => !verdict.isValid && adapter === null).slice(0, mostRefused);
    return [
      { title: 'Connect', items: valid.map((choice) => ({ id: idOf(choice), content: <ChoiceLine choice={choice} editor={editor} /> })) },
      {
        title: 'Connect through a conversion',
        items: through.map((choice) => ({ id: idOf(choice), content: <ChoiceLine choice={choice} editor={editor} /> })),
      },
      {
        title: 'Cannot be connected',
        items: refused.map((choice) => ({ id: idOf(choice), isOff: true, content: <ChoiceLine choice={choice} editor={editor} /> })),
      },
    ].filter((group) => group.items.length > 0);
  }, [choices, query, editor]);
  const close = (): void => editor.store.getState().open(null);
  return (
    <SearchMenu
      label={`Connect ${title} to`}
      placeholder="Search steps and ports"
      at={overlay.at}
      head={
        <div className={classes.menuHead}>
          Connect <b>{title}</b> to…
        </div>
      }
      groups={groups}
      query={query}
      onQuery={setQuery}
      onChoose={(id) => {
        close();
        const choice = choices.find((candidate) => idOf(candidate) === id);
        if (choice?.adapter) putAdapterBetween(editor, edgeBetween(choice.from, choice.to), choice.adapter);
        else if (choice) connectPorts(editor, edgeBetween(choice.from, choice.to));
      }}
      onClose={close}
      nothing={query === '' ? 'This step has no ports to connect.' : 'No port answers to that.'}
    />
  );
}

const replaces = ({ verdict }: Choice): boolean => verdict.isValid && verdict.replaces !== null;
const idOf = ({ from, to }: Choice): string => `${portId(from)}>${portId(to)}`;

/** Every pair of a port of this step and a port of another, what is valid first. */
function choicesOf(editor: Editor, { step, focus, target: only }: ConnectOverlay): Choice[] {
  const { store, derived } = editor;
  const findAdapter = createAdapterFinder(editor);
  const { views } = derived.getState();
  const graph = { document: store.getState().content.document, views: [...views.values()] };
  const view = views.get(step);
  if (!view) return [];
  const own = [...view.outputs, ...view.inputs].filter((port) => !focus || (focus.port === port.name && focus.side === port.side));
  return own.flatMap((port): Choice[] => {
    const from: PortRef = { step, side: port.side, port: port.name };
    const wiring = startWiring(graph, from);
    if (!wiring) return [];
    return graph.views.flatMap((other) =>
      other.key === step || (only !== null && other.key !== only)
        ? []
        : other[port.side === 'outputs' ? 'inputs' : 'outputs'].flatMap((target): Choice[] => {
            const to: PortRef = { step: other.key, side: target.side, port: target.name };
            const verdict = wiring.verdicts.get(portId(to));
            if (!verdict || (verdict.isValid && verdict.isThere)) return [];
            const arrow = port.side === 'outputs' ? '→' : '←';
            const adapter = verdict.isValid || verdict.why.code !== 'type-mismatch' ? null : findAdapter(port, target);
            return [{ from, to, port: target, verdict, adapter, text: `${port.label} ${arrow} ${other.title} · ${target.label}` }];
          }),
    );
  });
}

/** Ports of the same types are many; what converts between two types is looked for once. */
function createAdapterFinder({ store }: Editor): (port: PortView, target: PortView) => Adapter<Component> | null {
  const known = new Map<string, Adapter<Component> | null>();
  return (port, target) => {
    const [output, input] = port.side === 'outputs' ? [port, target] : [target, port];
    if (output.type === null || input.type === null) return null;
    const name = [output.type, output.kind, input.type, input.kind, input.accepts].join(' ');
    const found = known.has(name)
      ? known.get(name)
      : adapterFor({ type: output.type, kind: output.kind }, { type: input.type, kind: input.kind, accepts: input.accepts }, store.getState().components);
    known.set(name, found ?? null);
    return found ?? null;
  };
}

function ChoiceLine({ choice, editor }: { readonly choice: Choice; readonly editor: Editor }) {
  const { verdict, from, to, text, port, adapter } = choice;
  const titleOf = (step: string): string => editor.derived.getState().views.get(step)?.title ?? step;
  const edge = edgeBetween(from, to);
  const note = adapter
    ? `through ${adapterTitle(adapter)}, from ${adapter.from} to ${adapter.to}`
    : verdict.isValid
      ? verdict.replaces && `replaces the connection from ${titleOf(verdict.replaces.from.step)}`
      : describeWhyNot(verdict.why, { source: titleOf(edge.from.step), target: titleOf(edge.to.step) });
  return (
    <>
      {port.type !== null && <PortGlyph type={port.type} isConnected={port.isConnected} size={12} />}
      <span className={classes.menuText}>
        <span>{text}</span>
        {note !== null && <small>{note}</small>}
      </span>
    </>
  );
}
