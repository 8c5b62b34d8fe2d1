/** The member stands before another; at the end without one, or where that is gone. */
export function moveMember<V>(map: Readonly<Record<string, V>>, name: string, before?: string): Record<string, V> {
  const entries = Object.entries(map);
  const moved = entries.filter(([key]) => key === name);
  const others = entries.filter(([key]) => key !== name);
  const place = others.findIndex(([key]) => key === before);
  return Object.fromEntries(others.toSpliced(place < 0 ? others.length : place, 0, ...moved));
}

/** Before which other it stands, as an operation says it. */
export function beforeOf(map: Readonly<Record<string, unknown>>, name: string): { readonly before?: string } {
  const names = Object.keys(map);
  const next = names[names.indexOf(name) + 1];
  return next === undefined ? {} : { before: next };
}
