export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const gap = 12;
const margin = 16;

/**
 * Where the card of a tour stands: beside what it speaks of, on the first side that has room for it; in what it speaks of
 * where that fills the window, at its bottom; in the middle where it speaks of nothing.
 */
export function placeCard(target: Area | null, card: Pick<Area, 'width' | 'height'>, window: Pick<Area, 'width' | 'height'>): Pick<Area, 'left' | 'top'> {
  if (!target) return { left: (window.width - card.width) / 2, top: (window.height - card.height) / 2 };
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const middle = { left: target.left + (target.width - card.width) / 2, top: target.top + (target.height - card.height) / 2 };
  const beside = [
    { left: right + gap, top: middle.top, fits: right + gap + card.width + margin <= window.width },
    { left: target.left - gap - card.width, top: middle.top, fits: target.left - gap - card.width >= margin },
    { left: middle.left, top: bottom + gap, fits: bottom + gap + card.height + margin <= window.height },
    { left: middle.left, top: target.top - gap - card.height, fits: target.top - gap - card.height >= margin },
  ];
  // Of what is large one wants to see the middle.
  const isLarge = target.width > window.width / 2 && target.height > window.height / 2;
  const inside = { left: middle.left, top: bottom - card.height - 2 * gap };
  const place = isLarge ? inside : (beside.find(({ fits }) => fits) ?? inside);
  const clamp = (value: number, most: number): number => Math.max(margin, Math.min(value, most - margin));
  return { left: clamp(place.left, window.width - card.width), top: clamp(place.top, window.height - card.height) };
}
