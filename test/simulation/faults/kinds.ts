import { SeededRandom } from '../../support/seeded-random.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { SimulatedNode } from '../cluster/node.ts';

type End = () => void;
type Begin = (cluster: Cluster, random: SeededRandom) => End | null;

function anyNode(cluster: Cluster, random: SeededRandom): SimulatedNode {
  // The leader is where most can go wrong.
  const { leader } = cluster;
  if (leader !== undefined && random.oneIn(2)) return leader;
  return cluster.nodes[random.below(cluster.nodes.length)]!;
}

function anyUp(cluster: Cluster, random: SeededRandom): SimulatedNode | null {
  const node = anyNode(cluster, random);
  return node.isUp ? node : null;
}

/** Cuts links and answers what heals them. */
function cutting(cluster: Cluster, links: readonly (readonly [number, number])[]): End {
  const { network } = cluster;
  for (const [from, to] of links) network.cut(from, to);
  return () => {
    for (const [from, to] of links) network.heal(from, to);
  };
}

function pairs(from: readonly SimulatedNode[], to: readonly SimulatedNode[]): [number, number][] {
  return from.flatMap((a) => to.filter((b) => b !== a).map((b): [number, number] => [a.id, b.id]));
}

function bothWays(links: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return [...links, ...links.map(([from, to]) => [to, from] as const)];
}

/** What goes wrong, by name. Each begins at once and answers how it ends, or null where there is nothing to break. */
const begins = {
  'power cut': (cluster, random) => {
    const node = anyUp(cluster, random);
    // Records are acknowledged from memory: what no other replica in sync has is lost with the power, as it may be.
    if (node === null || (cluster.hasData && !cluster.isSettled)) return null;
    node.powerOff();
    return () => node.start();
  },
  'power cut of all': (cluster) => {
    if (cluster.hasData) return null;
    for (const node of cluster.nodes) node.powerOff();
    return () => cluster.start();
  },
  kill: (cluster, random) => {
    const node = anyUp(cluster, random);
    if (node === null) return null;
    node.kill();
    return () => node.start();
  },
  stop: (cluster, random) => {
    const node = anyUp(cluster, random);
    if (node?.broker == null) return null;
    node.stop();
    return () => node.start();
  },
  pause: (cluster, random) => {
    const node = anyUp(cluster, random);
    const life = node?.life;
    if (life == null || life.isPaused) return null;
    life.pause();
    return () => life.resume();
  },
  'isolated node': (cluster, random) => {
    const node = anyNode(cluster, random);
    return cutting(cluster, bothWays(pairs([node], cluster.nodes)));
  },
  partition: (cluster, random) => {
    const left = cluster.nodes.filter(() => random.oneIn(2));
    const right = cluster.nodes.filter((node) => !left.includes(node));
    if (left.length === 0 || right.length === 0) return null;
    return cutting(cluster, bothWays(pairs(left, right)));
  },
  'one-way cut': (cluster, random) => {
    const node = anyNode(cluster, random);
    const links = pairs([node], cluster.nodes);
    return cutting(cluster, random.oneIn(2) ? links : links.map(([from, to]) => [to, from] as const));
  },
  'partial partition': (cluster, random) => {
    const links = pairs(cluster.nodes, cluster.nodes).filter(() => random.oneIn(4));
    return links.length === 0 ? null : cutting(cluster, links);
  },
  'clogged links': (cluster, random) => swizzle(cluster, random),
  'slow links': (cluster, random) => {
    const links = pairs(cluster.nodes, cluster.nodes).filter(() => random.oneIn(3));
    for (const [from, to] of links) cluster.network.slowDown(from, to, random.below(800));
    return () => {
      for (const [from, to] of links) cluster.network.slowDown(from, to, 0);
    };
  },
  'lost messages': (cluster, random) => {
    cluster.network.lossOneIn = 2 + random.below(20);
    return () => {
      cluster.network.lossOneIn = 0;
    };
  },
  'slow disk': (cluster, random) => {
    const { disk } = anyNode(cluster, random);
    disk.slowness = 5 + random.below(200);
    return () => {
      disk.slowness = 1;
    };
  },
  'disk full': (cluster, random) => {
    const { disk } = anyNode(cluster, random);
    disk.isFull = true;
    return () => {
      disk.isFull = false;
    };
  },
  'disk error': (cluster, random) => {
    const { disk } = anyNode(cluster, random);
    disk.errorsDue = 1;
    return () => {
      disk.errorsDue = 0;
    };
  },
  'bit flip': (cluster, random) => {
    const { disk, data } = anyNode(cluster, random);
    // While a node serves: what it sends on is checked by whoever takes it. A start can tell no flip from a torn end.
    if (data === null) return null;
    disk.rotDue = 1;
    return () => {
      disk.rotDue = 0;
    };
  },
  'clock drift': (cluster, random) => {
    const { time } = anyNode(cluster, random);
    time.rate = random.oneIn(2) ? 1 + random.below(100) / 100 : 0.5 + random.below(50) / 100;
    return () => {
      time.rate = 1;
    };
  },
  'clock jump': (cluster, random) => {
    const { time } = anyNode(cluster, random);
    // Beyond an hour brokers refuse the timestamps of records, as they must.
    time.wallOffsetMs = random.below(2 * 3_000_000) - 3_000_000;
    return () => {};
  },
  'leader resigns': (cluster) => {
    const driver = cluster.leader?.quorum?.driver;
    if (driver === undefined) return null;
    driver.resign(driver.epoch());
    cluster.world.coverage.count('leader hands over');
    return () => {};
  },
  'leader cut off as it writes': (cluster) => {
    const { leader } = cluster;
    if (leader === undefined) return null;
    const heal = cutting(cluster, bothWays(pairs([leader], cluster.nodes)));
    cluster.nudge();
    return heal;
  },
  'snapshot wanted': (cluster, random) => {
    const node = anyNode(cluster, random);
    if (node.quorum === null) return null;
    node.quorum.driver.requestSnapshot();
    return () => {};
  },
} satisfies Readonly<Record<string, Begin>>;

/** Stops the links of a node one by one, and lets them go again in another order. */
function swizzle(cluster: Cluster, random: SeededRandom): End {
  const node = anyNode(cluster, random);
  const links = bothWays(pairs([node], cluster.nodes));
  const { network, world } = cluster;
  let isOver = false;
  for (const [from, to] of links) {
    world.scheduler.after(random.below(300), () => {
      if (!isOver && !world.isCalm) network.cut(from, to);
    });
  }
  return () => {
    isOver = true;
    for (const [from, to] of links) world.scheduler.after(random.below(300), () => network.heal(from, to));
  };
}

export type FaultKind = keyof typeof begins;

export const faultKinds = Object.keys(begins) as readonly FaultKind[];

/** @returns how it ends; null where it could not begin. */
export function beginFault(kind: FaultKind, cluster: Cluster, pick: number): End | null {
  const begin: Begin = begins[kind];
  return begin(cluster, new SeededRandom(pick));
}
