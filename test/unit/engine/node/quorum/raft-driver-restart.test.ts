import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configRecord, openNode, testVoter, until } from '../../../../support/metadata-log-fixture.ts';
import { SimulatedDisk } from '../../../../support/simulated-disk.ts';
import { SimulatedStore } from '../../../../support/simulated-store.ts';

const staticVoters = [testVoter()];

test('what a killed process had not flushed is durable before the next one counts on it', async () => {
  const store = new SimulatedStore({ files: {}, directories: [] });
  let mayFlush = true;
  const defer = ({ kind }: { kind: string }, run: () => void): void => {
    if (mayFlush || kind !== 'sync') run();
  };
  const killed = await openNode(new SimulatedDisk({ store, defer }), { staticVoters });
  await killed.driver.start();
  await until(killed, () => killed.listener.leads !== null);
  mayFlush = false;
  killed.driver.append(1, [configRecord('a', '1')]);
  const endOffset = killed.driver.endOffset();

  const disk = new SimulatedDisk({ store });
  const next = await openNode(disk, { staticVoters });
  assert.equal(next.driver.endOffset(), endOffset, 'it is in the page cache');
  const afterPowerCut = await openNode(disk.crash({ survives: () => false }), { staticVoters });
  assert.equal(afterPowerCut.driver.endOffset(), endOffset);
});
