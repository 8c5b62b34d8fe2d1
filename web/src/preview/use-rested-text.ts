import { useEffect, useState } from 'react';

const restMs = 250;

/**
 * A text that is told once the fingers rest, and stays in its field as it was typed, with a space at its end too. When
 * something else is set from elsewhere, that stands in the field.
 */
export function useRestedText(value: string, tell: (text: string) => void): readonly [text: string, type: (text: string) => void] {
  const [typed, setTyped] = useState({ text: value, isTold: true });
  useEffect(() => {
    if (typed.isTold) return;
    const timer = setTimeout(() => {
      tell(typed.text);
      setTyped({ text: typed.text, isTold: true });
    }, restMs);
    return () => clearTimeout(timer);
  }, [typed, tell]);
  const isMine = !typed.isTold || typed.text.trim() === value;
  return [isMine ? typed.text : value, (text) => setTyped({ text, isTold: false })];
}
