import type { JoinGroupResponseMember } from '../protocol/generated/join-group-response.js';
import { emptyBytes, type Init } from '../protocol/types.ts';
import { Deadline } from './deadlines.ts';
import type { Waiter } from './types.ts';

export interface MemberProtocol {
  readonly name: string;
  readonly metadata: Uint8Array;
}

/** What a member says of itself when it joins. */
export interface Membership {
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly protocolType: string;
}

/** A member of a classic group. */
export class ClassicMember {
  readonly id: string;
  readonly membership: Membership;
  /** In the order of its preference. */
  protocols: readonly MemberProtocol[] = [];
  rebalanceTimeoutMs = 0;
  sessionTimeoutMs = 0;
  assignment: Uint8Array = emptyBytes;
  /** Waits for the group's next generation. It counts as joined though whoever waited may be gone. */
  joining: Waiter | null = null;
  /** Waits for its assignment. */
  syncing: Waiter | null = null;
  /** It has not been answered a JoinGroup yet: so it cannot keep its session by heartbeats. */
  isNew = false;
  /** When it is put out unless it gives a sign of life. */
  readonly session: Deadline;

  constructor(id: string, membership: Membership, expired: (member: ClassicMember) => void) {
    this.id = id;
    this.membership = membership;
    this.session = new Deadline(() => expired(this));
  }

  get isStatic(): boolean {
    return this.membership.instanceId !== null;
  }

  /** A member that waits for others keeps its session by that. */
  get isHeldByWaiting(): boolean {
    return !this.isNew && (this.joining !== null || this.syncing !== null);
  }

  metadataOf(protocol: string | null): Uint8Array | undefined {
    return this.protocols.find(({ name }) => name === protocol)?.metadata;
  }

  /** Whether it says the same as before. */
  hasSameProtocols(protocols: readonly MemberProtocol[]): boolean {
    if (protocols.length !== this.protocols.length) return false;
    return protocols.every(({ name, metadata }, index) => {
      const own = this.protocols[index]!;
      return own.name === name && equalBytes(own.metadata, metadata);
    });
  }

  /** The protocol that it likes best of those that all support; undefined where it has none of them. */
  vote(candidates: ReadonlySet<string>): string | undefined {
    return this.protocols.find(({ name }) => candidates.has(name))?.name;
  }

  /** As the leader is told of it. */
  described(protocol: string | null): Init<JoinGroupResponseMember> {
    const metadata = this.metadataOf(protocol) ?? emptyBytes;
    return { memberId: this.id, groupInstanceId: this.membership.instanceId, metadata };
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
