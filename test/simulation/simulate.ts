import { Cluster } from './cluster/cluster.ts';
import { drawSetup } from './cluster/setup.ts';
import type { Coverage } from './coverage.ts';
import { beginFault } from './faults/kinds.ts';
import { drawPlan, type Fault } from './faults/plan.ts';
import { AdminClient } from './workload/admin-client.ts';
import { TopicChanges } from './workload/topic-changes.ts';
import { World } from './world/world.ts';

/** After the last fault everything is whole again within this time of the simulation. */
const healingMs = 60_000;

export interface SimulationOptions {
  readonly seed: number;
  /** Numbers of faults that are left out. */
  readonly without?: ReadonlySet<number>;
  readonly echo?: (line: string) => void;
}

export interface SimulationResult {
  readonly seed: number;
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
  readonly #changes: TopicChanges;

  constructor(world: World, options: SimulationOptions) {
    this.#world = world;
    this.#options = options;
    const setup = drawSetup(world.chance());
    this.plan = drawPlan(world.chance(), setup);
    this.cluster = new Cluster(setup, world);
    this.#changes = new TopicChanges(this.cluster, new AdminClient(this.cluster), world.chance());
    this.cluster.nudge = () => this.#changes.act();
  }

  async run(): Promise<void> {
    const { cluster } = this;
    const { scheduler, trace } = this.#world;
    await cluster.format();
    cluster.start();
    this.#schedulePlan();
    this.#scheduleChanges();
    const look = (): void => cluster.look();
    await scheduler.run(cluster.setup.faultsMs, look);
    trace.note('calm from here on');
    this.#world.isCalm = true;
    cluster.heal();
    const endMs = scheduler.nowMs + healingMs;
    // Nothing that the faults left behind may show later.
    await scheduler.run(scheduler.nowMs + 2_000, look);
    const before = this.#changes.acknowledged;
    await scheduler.run(endMs, look, () => this.#changes.acknowledged > before && cluster.isWhole);
    this.#finish(this.#changes.acknowledged > before);
  }

  #finish(isUsable: boolean): void {
    const { cluster } = this;
    if (!isUsable) throw new Error(`no change is acknowledged within ${healingMs} ms of calm: ${this.#whatIsAmiss()}`);
    if (!cluster.isWhole) throw new Error(`not whole within ${healingMs} ms of calm: ${this.#whatIsAmiss()}`);
    const images = cluster.nodes.map(({ quorum }) => quorum!.image);
    for (const image of images) this.#changes.check(image);
    this.#world.checkers.tell((checker) => checker.finished?.(images));
  }

  #whatIsAmiss(): string {
    const nodes = this.cluster.nodes.map(({ id, quorum, broker }) =>
      quorum === null
        ? `${id}: down`
        : `${id}: ${quorum.driver.role} in ${quorum.driver.epoch()} at ${quorum.driver.highWatermark()} of ${quorum.driver.endOffset()}${broker?.isUnfenced === true ? '' : ', fenced'}`,
    );
    return nodes.join('; ');
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

  #scheduleChanges(): void {
    const { scheduler } = this.#world;
    const random = this.#world.chance();
    const next = (): void => {
      this.#changes.act();
      // Slow disks are to catch up in the end.
      const gapMs = this.#world.isCalm ? 500 : random.below(2 * this.cluster.setup.changeEveryMs);
      scheduler.after(gapMs, next);
    };
    scheduler.after(500, next);
  }
}
