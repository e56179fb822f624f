import { type SimulationResult, simulate } from './simulate.ts';

/** Leaves out what the failure does not need: one fault after the other, as long as the seed still fails. */
export async function shrink(failed: SimulationResult): Promise<Set<number>> {
  const without = new Set<number>();
  for (const { number } of failed.plan.toReversed()) {
    without.add(number);
    const { failure } = await simulate({ seed: failed.seed, withData: failed.withData, without });
    if (failure === null) without.delete(number);
  }
  return without;
}
