/** `node test/crash/run-kill-rounds.ts [--rounds 50] [--seed 9]`: kill -9 under load, kept as a line in results/. */
import { parseArgs } from 'node:util';
import { runKillRounds } from '../support/kill-rounds.ts';
import { keepRun } from '../support/recovery-results.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '9' } },
});
const options = { rounds: Number(values.rounds), seed: Number(values.seed) };
await keepRun('kill-rounds', options, (t) => runKillRounds(options, t));
