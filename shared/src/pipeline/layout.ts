import { z } from 'zod';

/** Where things stand on the canvas: pixels at zoom 1, y downwards, the top left corner. */
export const Position = z.object({ x: z.number(), y: z.number() });
export type Position = z.infer<typeof Position>;

/** What a newer version says of a note or a group besides is kept; a colour that is not known here is drawn as none. */
export const Note = z.looseObject({ ...Position.shape, width: z.number(), height: z.number(), text: z.string(), color: z.string().optional() });
export type Note = z.infer<typeof Note>;

/** What a frame has on each side beyond the steps that it fits. */
export const FrameRoom = z.object({ left: z.number().min(0), top: z.number().min(0), right: z.number().min(0), bottom: z.number().min(0) });
export type FrameRoom = z.infer<typeof FrameRoom>;

/** `collapsed`: how it lies where nobody has said otherwise; each browser keeps for itself which of them it shows as one box. */
export const Group = z.looseObject({
  title: z.string(),
  steps: z.array(z.string()),
  collapsed: z.boolean().optional(),
  color: z.string().optional(),
  /** Left out: it fits its steps. */
  room: FrameRoom.optional(),
});
export type Group = z.infer<typeof Group>;

/** Lies beside the pipeline and never in it: it changes no result and no semantic hash. */
export const Layout = z
  .looseObject({
    steps: z.record(z.string(), Position).default({}),
    notes: z.record(z.string(), Note).default({}),
    groups: z.record(z.string(), Group).default({}),
  })
  .meta({ id: 'Layout' });
export type Layout = z.infer<typeof Layout>;

export const emptyLayout: Layout = { steps: {}, notes: {}, groups: {} };
