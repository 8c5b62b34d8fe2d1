/** What the pointer does on the canvas; these are the same for everybody. */
export const gestures: readonly { readonly title: string; readonly how: string }[] = [
  { title: 'Move over the paper', how: 'Wheel, or Space and drag' },
  { title: 'Zoom', how: 'Ctrl and wheel, or pinch' },
  { title: 'Select several', how: 'Drag over the paper, or Shift and click' },
  { title: 'Connect', how: 'Drag from a port' },
  { title: 'Take all wires of a port elsewhere', how: 'Ctrl and drag from it' },
  { title: 'Find what fits a port', how: 'Drop its wire on the paper' },
  { title: 'Duplicate', how: 'Alt and drag' },
  { title: 'Move freely of the grid', how: 'Alt while dragging' },
  { title: 'Add a step', how: 'Double click on the paper' },
  { title: 'Put a step into an edge', how: 'Drop it on the edge' },
  { title: 'Everything about a step', how: 'Right click' },
];
