import type { Asset } from '@pipewright/shared/asset/asset.ts';
import type { Viewport } from '@xyflow/react';
import type { StateCreator } from 'zustand';
import type { Point } from '../../../canvas/geometry.ts';
import type { InnerGraph } from '../../../canvas/unfold.ts';
import type { DataInput } from '../model/data-values.ts';
import type { PortRef } from '../model/port-ref.ts';
import type { NestingDialog } from '../nesting/nesting-dialog.ts';
import type { PaletteTab } from '../palette/palette-tabs.ts';
import type { Wiring } from '../model/wiring.ts';
import type { EditorState } from './editor-state.ts';
import { groupsHiding } from './paper-slice.ts';

/** Components at a place on the paper. */
interface QuickAddOverlay {
  readonly kind: 'quick-add';
  readonly at: Point;
  readonly place: Point;
  /** The wire that was dropped: only components that it fits, connected at once. */
  readonly wire: PortRef | null;
  /** The edge to put the new step into. */
  readonly edge: string | null;
  /** What stands in the search at first. */
  readonly query?: string;
}

/** What lies open over the canvas; one at a time. Points of the page are in CSS pixels, `place` is on the paper. */
export type Overlay =
  | QuickAddOverlay
  /** `focus`: the port to begin with; `target`: the only step to connect to. */
  | { readonly kind: 'connect'; readonly at: Point; readonly step: string; readonly focus: PortRef | null; readonly target: string | null }
  /** `port`: the output that was pointed at. */
  | { readonly kind: 'step-menu'; readonly at: Point; readonly step: string; readonly port?: string }
  /** The run to whose result the step is to be pinned. */
  | { readonly kind: 'pin'; readonly at: Point; readonly step: string }
  | { readonly kind: 'paper-menu'; readonly at: Point; readonly of: { readonly note: string } | { readonly group: string } }
  /** `register`: the bytes of the attached run; `name`: what each run is to register. */
  | { readonly kind: 'register-output' | 'name-output'; readonly step: string; readonly port: string }
  /** Registered data and models for an input. */
  | { readonly kind: 'choose-asset'; readonly at: Point; readonly input: DataInput }
  /** Inputs for registered data, or a model; `step`: only this one's. */
  | { readonly kind: 'give-asset'; readonly at: Point; readonly asset: Asset; readonly step: string | null }
  /** The data on the ports of a step. */
  | { readonly kind: 'data'; readonly at: Point; readonly step: string }
  /** The search on the canvas; the outline where it has no room beside it. */
  | { readonly kind: 'find' | 'outline' }
  | { readonly kind: 'publish' | 'save-version' }
  /** The component of a step; `file`: the one to begin with; `interface`: its inputs, outputs and command. */
  | { readonly kind: 'code'; readonly step: string; readonly file: string | null; readonly part?: 'interface' | 'files' }
  /** A step of one's own code; `from`: where it was asked for. */
  | { readonly kind: 'new-step'; readonly from: QuickAddOverlay | null }
  /** Sub-pipelines, replacing and upgrading. */
  | { readonly kind: 'nesting'; readonly dialog: NestingDialog };

/** A text under somebody's hands, and the text that it was made of: what others do meanwhile is brought together with it. */
export interface UnreadText {
  readonly text: string;
  readonly base: string;
}

/** In the text of the document: where something is written, or a line from 1. */
export type TextPlace = { readonly path: readonly (string | number)[] } | { readonly line: number };

/** A field of the inspector: of a step, or of the pipeline itself. */
interface FieldRef {
  readonly step: string | null;
  readonly name: string;
}

/** What is not named is not selected any more. */
interface Selection {
  readonly steps?: Iterable<string>;
  readonly edges?: Iterable<string>;
  readonly notes?: Iterable<string>;
  readonly groups?: Iterable<string>;
}

/** What belongs to this window: never saved with the pipeline, never undone. */
export interface UiSlice {
  readonly selectedSteps: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  readonly wiring: Wiring | null;
  /** The step whose name the pointer rests on somewhere else. */
  readonly pointedStep: string | null;
  /** Steps are being moved by hand. */
  readonly isDragging: boolean;
  /** Registered data, or a model, that is being dragged. */
  readonly heldAsset: Asset | null;
  /** What the palette lists. */
  readonly paletteTab: PaletteTab;
  readonly overlay: Overlay | null;
  /** The step whose name is being written. */
  readonly renaming: string | null;
  /** Steps that are to be brought into view, once they are drawn. */
  readonly revealedSteps: readonly string[] | null;
  /** Where the canvas looked when it was last on the page. */
  readonly viewport: Viewport | null;
  /** The run whose statuses are shown. */
  readonly attachedRun: string | null;
  /** The newest run that the person has put aside: it does not come back by itself. */
  readonly dismissedRun: string | null;
  readonly isLogOpen: boolean;
  /** What stands in the YAML view and is not, or cannot be, read; kept on this device. */
  readonly unreadText: UnreadText | null;
  /** What the YAML view is to show when it is open, or opened next. */
  readonly shownPlace: TextPlace | null;
  /** The field that the inspector is to open and to put the keyboard into. */
  readonly shownField: FieldRef | null;
  /** The pipelines that lie unfolded on the canvas, by their keys (`outer`, `outer/inner`), as far as they are known here. */
  readonly unfolded: ReadonlyMap<string, InnerGraph>;
  /** Where steps are drawn while they glide to the places that they have. */
  readonly glide: ReadonlyMap<string, Point> | null;
  /** Counts up when what has given way to them is to find its place anew. */
  readonly roomNumber: number;
  readonly select: (selection: Selection) => void;
  /** Selects steps of which others, or a link, tell. */
  readonly reveal: (steps: readonly string[]) => void;
  readonly forgetRevealed: () => void;
  readonly setWiring: (wiring: Wiring | null) => void;
  readonly point: (step: string | null) => void;
  readonly setDragging: (isDragging: boolean) => void;
  readonly holdAsset: (asset: Asset | null) => void;
  readonly setPaletteTab: (tab: PaletteTab) => void;
  readonly open: (overlay: Overlay | null) => void;
  /** Only what lies open still: an answer that comes late closes nothing else. */
  readonly close: (overlay: Overlay | null) => void;
  readonly setRenaming: (step: string | null) => void;
  readonly setViewport: (viewport: Viewport) => void;
  readonly attachRun: (run: string) => void;
  readonly dismissRun: () => void;
  readonly setLogOpen: (isOpen: boolean) => void;
  readonly setUnreadText: (text: UnreadText | null) => void;
  readonly showPlace: (place: TextPlace | null) => void;
  readonly showField: (field: FieldRef | null) => void;
  readonly setUnfolded: (unfolded: ReadonlyMap<string, InnerGraph>) => void;
  readonly makeRoomAnew: () => void;
  readonly setGlide: (glide: ReadonlyMap<string, Point> | null) => void;
}

const nothing: ReadonlySet<string> = new Set();
const nothingUnfolded: ReadonlyMap<string, InnerGraph> = new Map();

export const createUiSlice: StateCreator<EditorState, [], [], UiSlice> = (set, get) => ({
  selectedSteps: nothing,
  selectedEdges: nothing,
  wiring: null,
  isDragging: false,
  pointedStep: null,
  heldAsset: null,
  paletteTab: 'components',
  overlay: null,
  renaming: null,
  revealedSteps: null,
  viewport: null,
  attachedRun: null,
  dismissedRun: null,
  isLogOpen: false,
  unreadText: null,
  shownPlace: null,
  shownField: null,
  unfolded: nothingUnfolded,
  roomNumber: 0,
  glide: null,
  select: ({ steps = nothing, edges = nothing, notes = nothing, groups = nothing }) => {
    const next = { selectedSteps: new Set(steps), selectedEdges: new Set(edges), selectedNotes: new Set(notes), selectedGroups: new Set(groups) };
    get().setCollapsed(groupsHiding(get(), next.selectedSteps), false);
    set((state) => {
      const isSame =
        areEqual(state.selectedSteps, next.selectedSteps) &&
        areEqual(state.selectedEdges, next.selectedEdges) &&
        areEqual(state.selectedNotes, next.selectedNotes) &&
        areEqual(state.selectedGroups, next.selectedGroups);
      return isSame ? state : { ...next, renaming: null, shownPlace: null, editingNote: null, renamingGroup: null };
    });
  },
  reveal: (revealedSteps) => {
    get().select({ steps: revealedSteps });
    set({ revealedSteps });
  },
  forgetRevealed: () => set({ revealedSteps: null }),
  setWiring: (wiring) => set({ wiring }),
  point: (pointedStep) => set({ pointedStep }),
  setDragging: (isDragging) => set({ isDragging }),
  holdAsset: (heldAsset) => set({ heldAsset }),
  setPaletteTab: (paletteTab) => set({ paletteTab }),
  open: (overlay) => set({ overlay }),
  close: (overlay) => set((state) => (state.overlay === overlay ? { overlay: null } : state)),
  setRenaming: (renaming) => set({ renaming }),
  setViewport: (viewport) => set({ viewport }),
  attachRun: (attachedRun) => set({ attachedRun }),
  dismissRun: () => set(({ attachedRun }) => ({ attachedRun: null, dismissedRun: attachedRun })),
  setLogOpen: (isLogOpen) => set({ isLogOpen }),
  setUnreadText: (unreadText) => set({ unreadText }),
  showPlace: (shownPlace) => set({ shownPlace }),
  // It is in the inspector, whatever lies in the place of that.
  showField: (shownField) => set(shownField ? { shownField, historyTab: null, areCommentsShown: false } : { shownField }),
  setUnfolded: (unfolded) => set((state) => (holdsSame(state.unfolded, unfolded) ? state : { unfolded })),
  makeRoomAnew: () => set(({ roomNumber }) => ({ roomNumber: roomNumber + 1 })),
  setGlide: (glide) => set({ glide }),
});

function areEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}

const holdsSame = (a: ReadonlyMap<string, InnerGraph>, b: ReadonlyMap<string, InnerGraph>): boolean =>
  a.size === b.size && [...a].every(([key, graph]) => b.get(key) === graph);
