import { limits } from '../base/limits.ts';
import type { Sleeper } from '../ring/wait.ts';
import type { Mesh } from './mesh.ts';
import { activity, type Pulse } from './pulse.ts';

/** Something that a turn does after the inbound rings were drained. */
export type TurnStep = () => void;

/**
 * The rhythm of a thread. Whatever happens (bytes on a socket, a ring of the doorbell, a finished disk operation)
 * asks for a turn; the turn comes once the events at hand have been taken, does bounded work, and publishes what it
 * wrote. After a turn with nothing left to do the thread says that it sleeps.
 */
export class Turn {
  private readonly mesh: Mesh;
  private readonly sleeper: Sleeper;
  private readonly defer: (run: () => void) => void;
  private readonly steps: readonly TurnStep[];
  private readonly fatal: (error: unknown) => void;
  private readonly pulse: Pulse | undefined;
  private requested = false;
  private looksLeft: number = limits.looksBeforeSleep;
  private isTaking = false;
  private readonly run = (): void => this.take();

  constructor(
    mesh: Mesh,
    sleeper: Sleeper,
    defer: (run: () => void) => void,
    steps: readonly TurnStep[],
    fatal: (error: unknown) => void,
    pulse?: Pulse,
  ) {
    this.pulse = pulse;
    this.mesh = mesh;
    this.sleeper = sleeper;
    this.defer = defer;
    this.steps = steps;
    this.fatal = fatal;
    mesh.onWrote = () => this.wrote();
  }

  request(): void {
    if (this.requested) return;
    this.requested = true;
    this.sleeper.stayAwake();
    this.defer(this.run);
  }

  /** Something was written for another thread. A turn under way publishes it at its end; else one is due. */
  wrote(): void {
    if (!this.isTaking) this.request();
  }

  /**
   * While others owe this thread an answer it looks a few times more before it sleeps: an answer that comes meanwhile
   * costs no waking up, which is dearer than the looking.
   */
  private lookAgain(): boolean {
    if (this.looksLeft === 0 || !this.mesh.isWaiting()) {
      this.looksLeft = limits.looksBeforeSleep;
      return false;
    }
    this.looksLeft -= 1;
    this.requested = true;
    this.defer(this.run);
    return true;
  }

  private take(): void {
    this.requested = false;
    this.isTaking = true;
    this.pulse?.beat();
    this.pulse?.doing(activity.rings);
    try {
      const more = this.mesh.drain(limits.descriptorsPerTurn);
      for (const step of this.steps) step();
      // Nobody rings because room was made in a ring: what found none makes for another turn.
      const waiting = this.mesh.publish();
      this.isTaking = false;
      this.pulse?.doing(activity.waiting);
      if (this.requested) return;
      if (more || waiting) {
        this.request();
        return;
      }
      if (this.lookAgain()) return;
      this.sleeper.prepareToSleep();
      if (this.mesh.hasInbound() || !this.sleeper.sleep()) this.request();
    } catch (error) {
      this.isTaking = false;
      this.fatal(error);
    }
  }
}
