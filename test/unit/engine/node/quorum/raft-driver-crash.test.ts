/** Power cuts at every operation of a metadata log's life: what was committed is there afterwards, and no epoch is led twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { configRecord, openNode, type TestNode, testVoter, until } from '../../../../support/metadata-log-fixture.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';
import { SimulatedDisk } from '../../../../support/simulated-disk.ts';

const voters = [testVoter()];
const appends = 12;

/** Runs operations one by one until the power goes. */
class Power {
  left: number;
  used = 0;
  #queue: (() => void)[] = [];

  constructor(operations: number) {
    this.left = operations;
  }

  readonly defer = (_operation: object, run: () => void): void => {
    this.#queue.push(run);
  };

  get isOff(): boolean {
    return this.left <= 0;
  }

  tick(): void {
    if (this.left <= 0) return;
    const run = this.#queue.shift();
    if (run === undefined) return;
    this.left--;
    this.used++;
    run();
  }
}

interface Promised {
  committed: Map<string, string>;
  ledEpochs: Set<number>;
}

async function live(disk: SimulatedDisk, power: Power, tag: string, promised: Promised): Promise<void> {
  const opening = openNode(disk, {
    staticVoters: voters,
    segmentBytes: 600,
    snapshots: { maxBytesBetween: 400, retentionBytes: 800 },
  });
  let node: TestNode | null = null;
  void opening.then((opened) => {
    node = opened;
    opened.listener.onLeader = (epoch) => {
      assert.ok(!promised.ledEpochs.has(epoch), `epoch ${epoch} is led twice`);
      promised.ledEpochs.add(epoch);
    };
    return opened.driver.start();
  });
  let written = 0;
  for (let turns = 0; !power.isOff && turns < 400; turns++) {
    power.tick();
    await turn();
    if (node !== null) written += act(node, promised, tag, written);
  }
}

/** What the node's user sees and does in a turn. @returns how many appends it made. */
function act(
  { listener, driver, clock, failures }: TestNode,
  promised: Promised,
  tag: string,
  written: number,
): number {
  clock.advance(1);
  assert.deepEqual(failures, []);
  if (listener.leads === null || !driver.isLeader()) return 0;
  for (const [name, value] of promised.committed) {
    assert.ok(Number(listener.committedState.get(name) ?? -1) >= Number(value), `${tag}: ${name} was ${value}`);
  }
  for (const [name, value] of listener.committedState) promised.committed.set(name, value);
  if (written >= appends || listener.overlay.length >= 3) return 0;
  const next = Math.max(0, ...[...listener.committedState.values()].map(Number)) + listener.overlay.length + 1;
  driver.append(listener.leads, [configRecord(`k${next % 5}`, String(next))]);
  return 1;
}

async function survive(disk: SimulatedDisk, promised: Promised): Promise<void> {
  const node = await openNode(disk, { staticVoters: voters });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  assert.ok(!promised.ledEpochs.has(node.listener.leads!), 'an epoch is led twice');
  for (const [name, value] of promised.committed) {
    assert.ok(Number(node.listener.committedState.get(name) ?? -1) >= Number(value), `${name} was ${value}`);
  }
  node.driver.append(node.listener.leads!, [configRecord('after', '1')]);
  await until(node, () => node.listener.committedState.get('after') === '1');
  await node.driver.close();
}

test('a power cut at any operation, twice in a row, loses nothing that was committed', async () => {
  let committed = 0;
  let snapshots = 0;
  for (let cut = 1; cut <= 150; cut++) {
    const random = new SeededRandom(cut);
    const promised: Promised = { committed: new Map(), ledEpochs: new Set() };
    const power = new Power(cut);
    const disk = new SimulatedDisk({ defer: power.defer });
    await live(disk, power, `first, cut at ${cut}`, promised);
    const again = new Power(1 + random.below(60));
    const second = disk.crash({ random }, { defer: again.defer });
    await live(second, again, `second, cut at ${cut}`, promised);
    const last = second.crash({ random });
    await survive(last, promised);
    committed += promised.committed.size;
    if (Object.keys(last.contents()).some((name) => name.endsWith('.checkpoint'))) snapshots++;
  }
  assert.ok(committed > 300 && snapshots > 30, `${committed} values, ${snapshots} runs with snapshots`);
});
