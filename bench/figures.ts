/** Medians, spreads and ratios. */

export interface Spread {
  readonly median: number;
  /** Quartiles. */
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: at(sorted, 0.5), low: at(sorted, 0.25), high: at(sorted, 0.75), rounds: sorted.length };
}

function at(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.ceil(position);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}

/** The ratio of the medians, and the ratios of opposite quartiles. */
export function ratio(
  ours: Spread,
  other: Spread,
): { readonly median: number; readonly low: number; readonly high: number } {
  return { median: ours.median / other.median, low: ours.low / other.high, high: ours.high / other.low };
}

/** Rates are better when they are higher; times, memory and CPU when they are lower. */
export function lowerIsBetter(figure: string): boolean {
  return figure.includes('CPU') || !figure.endsWith('/s');
}

/** Three significant figures, for people. */
export function show(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 6) });
}
