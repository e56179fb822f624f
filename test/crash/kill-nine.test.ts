/** kill -9 under load: what was acknowledged is there after the restart, in its place and once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runKillRounds } from '../support/kill-rounds.ts';

const rounds = Number(process.env.MILLRACE_KILL_ROUNDS ?? 6);
const seed = Number(process.env.MILLRACE_SEED ?? 9);

test(`kill -9 under load, ${rounds} rounds: nothing acknowledged is missing, nothing is doubled`, async (t) => {
  t.diagnostic(`MILLRACE_SEED=${seed}`);
  const summary = await runKillRounds({ rounds, seed }, t);
  t.diagnostic(JSON.stringify(summary));
  assert.equal(summary.tornTailsCut, rounds);
  assert.ok(summary.segments > 4, 'segments have rolled');
});
