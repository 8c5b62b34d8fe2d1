interface HistogramProps {
  readonly bins: readonly { readonly label: string; readonly count: number }[];
  readonly className?: string | undefined;
  /** Said where the drawing is the content; else it is decoration beside the numbers. */
  readonly label?: string;
}

const height = 26;

/** Bars side by side, the tallest as high as the box. */
export function Histogram({ bins, className, label }: HistogramProps) {
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const naming = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg {...naming} className={className} viewBox={`0 0 ${Math.max(1, bins.length) * 10} ${height}`} preserveAspectRatio="none">
      {bins.map((bin, index) => {
        const size = bin.count === 0 ? 0 : Math.max(1, (bin.count / most) * height);
        return (
          <rect key={index} x={index * 10 + 0.5} y={height - size} width={9} height={size}>
            <title>{`${bin.label}: ${bin.count}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
