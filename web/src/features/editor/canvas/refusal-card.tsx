import { IconBan, IconBolt } from '@tabler/icons-react';
import { type ConnectionState, type ReactFlowState, useConnection, useStore } from '@xyflow/react';
import { shallow } from 'zustand/shallow';
import type { ReactNode } from 'react';
import { portOfHandle } from '../../../canvas/port-slots.ts';
import type { PortView } from '../../../canvas/step-view.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { adapterTitle } from '@pipewright/shared/graph/adapter-for.ts';
import { describeWhyNot } from '../model/describe-why-not.ts';
import { portId } from '../model/port-ref.ts';
import type { Verdict, WhyNot, Wiring } from '../model/wiring.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { adapterBetween } from './wire-actions.ts';
import classes from './editor-canvas.module.css';

interface Hovered {
  readonly step: string;
  readonly handle: string;
  readonly x: number;
  readonly y: number;
}

/** Beside the port over which a wire is held that may not end there, or would replace another: why, and the way out. */
export function RefusalCard() {
  const hovered = useConnection(selectHovered);
  const paper = useStore(selectPaper, shallow);
  const wiring = useEditorState((state) => state.wiring);
  const verdict = hovered && wiring ? verdictOver(wiring, hovered) : undefined;
  if (!hovered || !verdict) return null;
  const place = placeInside(hovered, paper);
  if (!verdict.isValid) {
    return (
      <div className={classes.refusal} style={place} role="status">
        <Refusal hovered={hovered} why={verdict.why} />
      </div>
    );
  }
  if (!verdict.replaces || verdict.isThere) return null;
  return (
    <div className={classes.refusal} data-tone="info" style={place} role="status">
      <Replacement step={verdict.replaces.from.step} output={verdict.replaces.from.output} />
    </div>
  );
}

/** Also over a port of the side that the wire comes from, which is judged for no wire. */
function verdictOver({ verdicts, from }: Wiring, { step, handle }: Hovered): Verdict | undefined {
  const known = verdicts.get(`${step}.${handle}`);
  if (known || !handle.startsWith(`${from.side}.`) || `${step}.${handle}` === portId(from)) return known;
  return { isValid: false, why: { code: 'same-side', side: from.side } };
}

const card = { width: 286, height: 150, gap: 16 } as const;

const selectPaper = ({ width, height }: ReactFlowState) => ({ width, height });

/** Below and to the right of the pointer, or on the other side where there is no room. */
function placeInside({ x, y }: Hovered, { width, height }: { readonly width: number; readonly height: number }) {
  const left = x + card.gap + card.width > width ? Math.max(8, x - card.gap - card.width) : x + card.gap;
  return y + card.gap + card.height > height ? { left, bottom: height - y + card.gap } : { left, top: y + card.gap };
}

function selectHovered(connection: ConnectionState): Hovered | null {
  if (!connection.inProgress || !connection.toHandle || connection.isValid === null) return null;
  const { toHandle, pointer } = connection;
  return { step: toHandle.nodeId, handle: toHandle.id ?? '', x: pointer.x, y: pointer.y };
}

function Refusal({ hovered, why }: { readonly hovered: Hovered; readonly why: WhyNot }) {
  const editor = useEditor();
  const { views } = editor.derived.getState();
  const { wiring } = editor.store.getState();
  const there = portOfHandle(hovered.handle);
  const source = wiring && views.get(wiring.from.step);
  const target = views.get(hovered.step);
  if (!wiring || !source || !target) return null;
  const from = source[wiring.from.side].find(({ name }) => name === wiring.from.port);
  const to = there && target[there.side].find(({ name }) => name === there.port);
  const isForward = wiring.from.side === 'outputs';
  const [giver, taker] = isForward ? [source, target] : [target, source];
  const [output, input] = isForward ? [from, to] : [to, from];
  // All wires of a port go to another of its side: what stays at their other ends is not one port.
  const areTypesShown = wiring.moving.length === 0 && output && input && (why.code === 'type-mismatch' || why.code === 'kind-mismatch');
  const adapter =
    areTypesShown && why.code === 'type-mismatch'
      ? adapterBetween(editor, { from: { step: giver.key, output: output.name }, to: { step: taker.key, input: input.name } })
      : null;
  return (
    <>
      <div className={classes.refusalHead}>
        <IconBan size={15} stroke={2.2} aria-hidden />
        <b>
          {to || why.code === 'same-side' ? describeWhyNot(why, { source: giver.title, target: taker.title }) : `None of these ports of ${target.title} fits`}
        </b>
      </div>
      {areTypesShown && (
        <>
          <TypeLine port={output} text={<>{giver.title} gives</>} />
          <TypeLine
            port={input}
            text={
              <>
                <span className="pw-mono">{input.label}</span> takes
              </>
            }
          />
        </>
      )}
      {why.code === 'cycle' && wiring.moving.length === 0 && (
        <p className="pw-t2">
          {taker.title} already feeds {giver.title}, directly or through others.
        </p>
      )}
      {adapter && (
        <div className={classes.refusalFix}>
          <IconBolt size={14} stroke={1.8} aria-hidden />
          <span>
            Drop here to put <b>{adapterTitle(adapter)}</b> between
            {adapter.openInputs.length > 0 && <>; its {adapter.openInputs.join(', ')} stays to be connected</>}
          </span>
        </div>
      )}
    </>
  );
}

function TypeLine({ port, text }: { readonly port: PortView; readonly text: ReactNode }) {
  if (port.type === null) return null;
  return (
    <div className={classes.refusalLine}>
      <PortGlyph type={port.type} size={12} />
      <span>
        {text} <span className="pw-mono">{port.kind ?? port.type}</span>
      </span>
    </div>
  );
}

function Replacement({ step, output }: { readonly step: string; readonly output: string }) {
  const { derived } = useEditor();
  const view = derived.getState().views.get(step);
  return (
    <span>
      Replaces the connection from <b>{view?.title ?? step}</b> <span className="pw-mono">{output}</span>
    </span>
  );
}
