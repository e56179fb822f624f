/** `node test/crash/run-crash-states.ts [--seeds 4] [--seed 1]`: every crash state of every life, kept in results/. */
import { parseArgs } from 'node:util';
import { keepRun } from '../support/recovery-results.ts';
import { type ExploredLife, exhaustive, explore } from './states/crash-life.ts';
import { lives } from './states/lives.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '4' }, seed: { type: 'string', default: '1' } },
});
const firstSeed = Number(values.seed);
const seeds = Number(values.seeds);

await keepRun('crash-states', { firstSeed, seeds, ...exhaustive }, async () => {
  const explored: (ExploredLife & { readonly life: string; readonly seed: number })[] = [];
  for (const { name, life } of lives) {
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      explored.push({ life: name, seed, ...(await explore(name, life, seed, exhaustive)) });
      console.log(JSON.stringify(explored.at(-1)));
    }
  }
  return { states: explored.reduce((sum, { states, killed }) => sum + states + killed, 0), explored };
});
