import { apiKey } from '../../engine/protocol/api-table.ts';
import { checkReplicas } from './checkers/replicas-agree.ts';
import { Cluster } from './cluster/cluster.ts';
import { drawSetup } from './cluster/setup.ts';
import type { Coverage } from './coverage.ts';
import { beginFault } from './faults/kinds.ts';
import { drawPlan, type Fault } from './faults/plan.ts';
import { AdminClient } from './workload/admin-client.ts';
import { DataClient } from './workload/data-client.ts';
import { dataTopic, Records, topicOf, uncleanTopic } from './workload/records.ts';
import { TopicChanges } from './workload/topic-changes.ts';
import { VoterChanges } from './workload/voter-changes.ts';
import { World } from './world/world.ts';

/** Nobody produces to it: what it may lose is not missed. */
const uncleanWanted = {
  name: uncleanTopic,
  numPartitions: 2,
  replicationFactor: 2,
  assignments: [],
  configs: [
    { name: 'min.insync.replicas', value: '1' },
    { name: 'unclean.leader.election.enable', value: 'true' },
  ],
};

/** After the last fault everything is whole again within this time of the simulation. */
const healingMs = 60_000;

export interface SimulationOptions {
  readonly seed: number;
  /** Numbers of faults that are left out. */
  readonly without?: ReadonlySet<number>;
  readonly echo?: (line: string) => void;
  /** Nodes are whole brokers, with shards, and records are produced and read. */
  readonly withData?: boolean;
}

export interface SimulationResult {
  readonly seed: number;
  readonly withData: boolean;
  /** Null where every invariant held. */
  readonly failure: unknown;
  readonly plan: readonly Fault[];
  readonly coverage: Coverage;
  readonly events: number;
  readonly simulatedMs: number;
  /** Of what happened: the same for the same seed. */
  readonly sum: string;
  readonly lastLines: readonly string[];
}

/** The world that runs now: to it go promises that nobody waits for and that fail. */
let running: World | null = null;

/** One life of a cluster, from its seed: faults, then none, and all is well again. */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const world = new World(options.seed, options.echo ?? null);
  running = world;
  const simulation = new Simulation(world, options);
  let failure: unknown = null;
  try {
    await simulation.run();
  } catch (error) {
    failure = error;
  }
  running = null;
  world.coverage.count('connection reset', simulation.cluster.network.resets);
  return {
    seed: options.seed,
    withData: options.withData === true,
    failure,
    plan: simulation.plan,
    coverage: world.coverage,
    events: world.scheduler.events,
    simulatedMs: world.scheduler.nowMs,
    sum: world.trace.sum,
    lastLines: world.trace.last(40),
  };
}

/** For the process's `unhandledRejection`: @returns whether it was a simulation's. */
export function failRunning(error: unknown): boolean {
  if (running === null) return false;
  running.fail(error);
  return true;
}

class Simulation {
  readonly cluster: Cluster;
  readonly plan: readonly Fault[];
  readonly #world: World;
  readonly #options: SimulationOptions;
  readonly #client: AdminClient;
  /** Nothing is changed or produced any more. */
  #isQuiet = false;
  readonly #changes: TopicChanges;
  readonly #records: Records | null;
  readonly #voterChanges: VoterChanges;

  constructor(world: World, options: SimulationOptions) {
    this.#world = world;
    this.#options = options;
    const setup = drawSetup(world.chance(), options.withData === true);
    this.plan = drawPlan(world.chance(), setup);
    this.cluster = new Cluster(setup, world);
    this.#client = new AdminClient(this.cluster);
    this.#changes = new TopicChanges(this.cluster, this.#client, world.chance());
    this.cluster.nudge = () => this.#changes.act();
    const { dataPartitions } = setup;
    this.#records =
      dataPartitions === 0
        ? null
        : new Records(this.cluster, new DataClient(this.cluster), world.chance(), dataPartitions);
    this.#voterChanges = new VoterChanges(this.cluster, world.chance());
  }

  async run(): Promise<void> {
    const { cluster } = this;
    const { scheduler, trace } = this.#world;
    await cluster.format();
    cluster.start();
    this.#schedulePlan();
    this.#scheduleChanges();
    this.#scheduleVoterChanges();
    const look = (): void => cluster.look();
    await scheduler.run(cluster.setup.faultsMs, look);
    trace.note('calm from here on');
    this.#world.isCalm = true;
    cluster.heal();
    const endMs = scheduler.nowMs + healingMs;
    // Nothing that the faults left behind may show later.
    await scheduler.run(scheduler.nowMs + 2_000, look);
    const before = this.#changes.acknowledged;
    const records = this.#records;
    const recordsBefore = records?.acknowledged ?? -1;
    const isUsable = (): boolean =>
      this.#changes.acknowledged > before && (records === null || records.acknowledged > recordsBefore);
    await scheduler.run(endMs, look, () => isUsable() && cluster.isWhole);
    if (isUsable() && records !== null) {
      this.#isQuiet = true;
      // What is under way is answered, and replicated.
      await scheduler.run(scheduler.nowMs + 6_000, look);
      records.rereadAll();
      await scheduler.run(scheduler.nowMs + healingMs, look, () => records.isRead);
      if (!records.isRead)
        throw new Error(`not all is read within ${healingMs} ms of calm: ${records.whatIsMissing()}`);
      await scheduler.run(scheduler.nowMs + healingMs, look, () => cluster.isWhole);
      records.check();
      checkReplicas(cluster, records);
    }
    this.#finish(isUsable());
  }

  #finish(isUsable: boolean): void {
    const { cluster } = this;
    if (!isUsable) throw new Error(`no change is acknowledged within ${healingMs} ms of calm: ${this.#whatIsAmiss()}`);
    if (!cluster.isWhole) throw new Error(`not whole within ${healingMs} ms of calm: ${this.#whatIsAmiss()}`);
    const images = cluster.nodes.map(({ quorum }) => quorum!.image);
    for (const image of images) this.#changes.check(image);
    this.#voterChanges.check();
    this.#world.checkers.tell((checker) => checker.finished?.(images));
  }

  #whatIsAmiss(): string {
    const nodes = this.cluster.nodes.map(({ id, quorum, broker }) =>
      quorum === null
        ? `${id}: down`
        : `${id}: ${quorum.driver.role} in ${quorum.driver.epoch()} at ${quorum.driver.highWatermark()} of ${quorum.driver.endOffset()}${broker?.isUnfenced === true ? '' : ', fenced'}`,
    );
    return [...nodes, ...this.#partitionsNow()].join('; ');
  }

  #partitionsNow(): string[] {
    const image = this.cluster.leadersImage;
    const topic = image === undefined ? undefined : topicOf(image);
    const block = topic === undefined ? undefined : image?.committed.partitions(topic);
    return Array.from({ length: block?.count ?? 0 }, (_, index) => {
      const state = block!.get(index)!;
      return `partition ${index}: leader ${state.leader}, in sync ${state.isr} of ${state.replicas}`;
    });
  }

  #schedulePlan(): void {
    const { scheduler, trace, coverage } = this.#world;
    for (const { number, kind, atMs, durationMs, pick } of this.plan) {
      if (this.#options.without?.has(number) === true) continue;
      scheduler.after(atMs, () => {
        const end = beginFault(kind, this.cluster, pick);
        if (end === null) return;
        coverage.count(kind);
        trace.note(`fault ${number}: ${kind}, ${durationMs} ms`);
        scheduler.after(durationMs, () => {
          if (this.#world.isCalm) return;
          trace.note(`end of fault ${number}`);
          end();
        });
      });
    }
  }

  /** Asked for until somebody has it. */
  #makeDataTopic(): void {
    const { nodes, setup, hasTopic } = this.cluster;
    if (hasTopic) return;
    const replicationFactor = Math.min(3, nodes.length);
    const configs = [
      { name: 'min.insync.replicas', value: '2' },
      { name: 'internal.segment.bytes', value: String(setup.dataSegmentBytes) },
    ];
    const wanted = {
      name: dataTopic,
      numPartitions: setup.dataPartitions,
      replicationFactor,
      assignments: [],
      configs,
    };
    for (const { id } of nodes) {
      const request = { topics: [wanted, uncleanWanted], timeoutMs: 2_000, validateOnly: false };
      this.#client.ask(id, apiKey.CreateTopics, 7, request, () => {});
    }
    this.#world.scheduler.after(300, () => this.#makeDataTopic());
  }

  #scheduleVoterChanges(): void {
    const { changeVotersEveryMs } = this.cluster.setup;
    if (changeVotersEveryMs === 0) return;
    const random = this.#world.chance();
    const next = (): void => {
      if (this.#world.isCalm) return;
      this.#voterChanges.act();
      this.#world.scheduler.after(random.below(2 * changeVotersEveryMs), next);
    };
    this.#world.scheduler.after(random.below(changeVotersEveryMs), next);
  }

  #scheduleChanges(): void {
    const { scheduler } = this.#world;
    const random = this.#world.chance();
    const next = (): void => {
      if (!this.#isQuiet) this.#changes.act();
      this.#records?.act(!this.#isQuiet);
      // Slow disks are to catch up in the end.
      const gapMs = this.#world.isCalm ? 500 : random.below(2 * this.cluster.setup.changeEveryMs);
      scheduler.after(gapMs, next);
    };
    scheduler.after(500, next);
    if (this.#records !== null) this.#makeDataTopic();
  }
}
