/** Two pipes that join. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" aria-hidden>
      <path d="M6 26V13a7 7 0 0 1 7-7h6" strokeWidth={5.5} />
      <path d="M26 6v13a7 7 0 0 1-7 7h-6" strokeWidth={5.5} opacity={0.45} />
      <path d="M2 25h8M20 2.3v7.4M22 7h8M12 22.3v7.4" strokeWidth={2.2} />
    </svg>
  );
}
