import type { SeededRandom } from '../../support/seeded-random.ts';
import type { Setup } from '../cluster/setup.ts';
import { type FaultKind, faultKinds } from './kinds.ts';

/** One fault of a run. Whom it meets is decided when it comes, by `pick`. */
export interface Fault {
  readonly number: number;
  readonly kind: FaultKind;
  readonly atMs: number;
  readonly durationMs: number;
  readonly pick: number;
}

/** Drawn as a whole before the run, so that one of its faults can be left out and the rest stays as it is. */
export function drawPlan(random: SeededRandom, setup: Setup): Fault[] {
  // Each run knows some kinds only: rare combinations of few come up as well as all at once.
  const drawn = faultKinds.filter(() => random.oneIn(2));
  const kinds = setup.dataPartitions > 0 ? boundedLoss(drawn) : drawn;
  if (kinds.length === 0) return [];
  const meanGapMs = 300 + random.below(2_000);
  const faults: Fault[] = [];
  let atMs = 200 + random.below(3_000);
  while (atMs < setup.faultsMs) {
    const kind = kinds[random.below(kinds.length)]!;
    const durationMs = random.oneIn(3) ? random.below(6_000) : random.below(1_500);
    faults.push({ number: faults.length, kind, atMs, durationMs, pick: random.below(2 ** 30) });
    atMs += random.below(2 * meanGapMs);
  }
  return faults;
}

/** Processes end by these, and what they had not flushed is there when they start again. */
const endings: readonly FaultKind[] = ['kill', 'stop', 'disk full', 'disk error'];

/**
 * Records are acknowledged from memory. With min.insync.replicas=2 one replica may lose its memory at a time, as long as
 * no other goes meanwhile (KIP-966): more than that may lose records, and would prove nothing.
 */
function boundedLoss(kinds: readonly FaultKind[]): readonly FaultKind[] {
  return kinds.includes('power cut') ? kinds.filter((kind) => !endings.includes(kind)) : kinds;
}
