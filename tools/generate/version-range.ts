/** Versions `lowest` to `highest`, both included; `highest` is Infinity for an open end. */
export interface VersionRange {
  readonly lowest: number;
  readonly highest: number;
}

/** `none`, `3`, `3+` or `3-7`; null is none. */
export function parseVersions(text: string): VersionRange | null {
  if (text === 'none') return null;
  const match = /^(\d+)(\+|-(\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a version range: ${text}`);
  const lowest = Number(match[1]);
  const highest = match[2] === '+' ? Number.POSITIVE_INFINITY : match[3] === undefined ? lowest : Number(match[3]);
  if (highest < lowest) throw new Error(`an empty version range: ${text}`);
  return { lowest, highest };
}

export function formatVersions(range: VersionRange | null): string {
  if (range === null) return 'none';
  if (range.highest === range.lowest) return `${range.lowest}`;
  return range.highest === Number.POSITIVE_INFINITY ? `${range.lowest}+` : `${range.lowest}-${range.highest}`;
}

export function intersect(a: VersionRange | null, b: VersionRange | null): VersionRange | null {
  if (a === null || b === null) return null;
  const lowest = Math.max(a.lowest, b.lowest);
  const highest = Math.min(a.highest, b.highest);
  return highest < lowest ? null : { lowest, highest };
}

/** The smallest range that holds both. */
export function hull(a: VersionRange | null, b: VersionRange | null): VersionRange | null {
  if (a === null || b === null) return a ?? b;
  return { lowest: Math.min(a.lowest, b.lowest), highest: Math.max(a.highest, b.highest) };
}

export function contains(range: VersionRange | null, version: number): boolean {
  return range !== null && version >= range.lowest && version <= range.highest;
}

/** A JavaScript condition on `v`, which is known to lie in `context`, for being in `range`. */
export function condition(range: VersionRange | null, context: VersionRange): string {
  const common = intersect(range, context);
  if (common === null) return 'false';
  const parts: string[] = [];
  if (common.lowest === common.highest && common.lowest !== context.lowest && common.highest !== context.highest) {
    return `v === ${common.lowest}`;
  }
  if (common.lowest > context.lowest) parts.push(`v >= ${common.lowest}`);
  if (common.highest < context.highest) parts.push(`v <= ${common.highest}`);
  return parts.length === 0 ? 'true' : parts.join(' && ');
}
