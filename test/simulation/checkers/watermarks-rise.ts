import type { Offset } from '../../../engine/base/brands.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

/** A node's high watermark never goes back while it lives, and never beyond its log. */
export class WatermarksRise implements Checker {
  highWatermark(node: Observed, from: Offset, to: Offset): void {
    if (to < from) throw new InvariantViolated('watermarks rise', `${nameOf(node)} goes from ${from} to ${to}`);
    const end = node.shadow.end.endOffset;
    if (to > end) throw new InvariantViolated('watermarks rise', `${nameOf(node)} is at ${to}, its log ends at ${end}`);
  }
}
