/**
 * Tales of a quorum: each file in scripts/ is a list of commands, every one followed by what it made the nodes do.
 * MILLRACE_REWRITE=1 records anew; read the diff.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Cluster, textOf, voterOf } from './raft-cluster.ts';

const folder = new URL('./scripts/', import.meta.url);

function each<T>(items: readonly T[], act: (item: T) => void): void {
  for (const item of items) act(item);
}

class Story {
  lines: string[] = [];
  #cluster: Cluster | null = null;

  get cluster(): Cluster {
    assert(this.#cluster !== null, 'the first command is `cluster`');
    return this.#cluster;
  }

  run(command: string) {
    const [name, ...words] = command.split(' ');
    const ids = words.map(Number);
    switch (name) {
      case 'cluster':
        return this.#create(words);
      case 'start':
        return each(this.#nodes(words), (id) => this.cluster.node(id).start());
      case 'crash':
        return each(ids, (id) => this.cluster.node(id).crash());
      case 'advance':
        return this.cluster.advance(ids[0]);
      case 'append':
        return each(words.slice(1), (text) => this.cluster.node(ids[0]).append(text));
      case 'hold-flush':
        return each(ids, (id) => {
          this.cluster.node(id).autoFlush = false;
        });
      case 'flush':
        return each(ids, (id) => {
          this.cluster.node(id).autoFlush = true;
          this.cluster.node(id).flush();
        });
      case 'cut':
        return this.#cut(ids, true);
      case 'heal':
        return this.#cut(ids, false);
      case 'resign':
        return this.cluster.node(ids[0]).step({ type: 'resign', epoch: this.cluster.node(ids[0]).raft!.epoch });
      case 'snapshot':
        return this.cluster.node(ids[0]).log.takeSnapshot(ids[1]);
      case 'port':
        this.cluster.node(ids[0]).port = ids[1];
        return;
      case 'update-voter':
        return this.#updateVoter(ids);
      case 'add-voter':
        return this.#addVoter(ids);
      case 'remove-voter':
        return this.#removeVoter(ids);
      case 'upgrade':
        return this.#upgrade(ids);
      case 'ask-vote':
        return this.#askVote(ids);
      case 'fetches':
        this.cluster.showFetches = words[0] === 'on';
        return;
      case 'status':
        return this.#status();
      case 'versions':
        return this.#versions();
      case 'describe':
        return this.#describe(ids[0]);
      default:
        assert.fail(`unknown command ${name}`);
    }
  }

  #nodes(words: readonly string[]): number[] {
    return words[0] === 'all' ? [...this.cluster.nodes.keys()] : words.map(Number);
  }

  #create(words: readonly string[]): void {
    const list = (key: string): number[] =>
      (words.find((word) => word.startsWith(`${key}=`)) ?? '')
        .slice(key.length + 1)
        .split(',')
        .filter((word) => word !== '')
        .map(Number);
    this.#cluster = new Cluster({
      seed: list('seed')[0] ?? 1,
      voters: list('voters'),
      observers: list('observers'),
      spares: list('spares'),
      joiners: list('joiners'),
      dynamic: words.includes('dynamic'),
      note: (line) => this.lines.push(`${String(this.cluster.nowMs).padStart(5)} ${line}`),
    });
  }

  /** One id: that node from all others. More: each from each. */
  #cut(ids: readonly number[], isCut: boolean): void {
    const all = [...this.cluster.nodes.keys()];
    for (const a of ids) {
      for (const b of ids.length === 1 ? all : ids) {
        if (a === b) continue;
        for (const pair of [`${a}-${b}`, `${b}-${a}`]) {
          if (isCut) this.cluster.cuts.add(pair);
          else this.cluster.cuts.delete(pair);
        }
      }
    }
  }

  #updateVoter([from, to, port]: readonly number[]): void {
    const { cluster } = this;
    const epoch = cluster.node(to).raft!.epoch;
    cluster.sendRequest(cluster.node(from), -1, to, { kind: 'update-voter', epoch, voter: voterOf(from, port) });
  }

  #addVoter([from, to, id]: readonly number[]): void {
    const { cluster } = this;
    const request = { kind: 'add-voter', voter: voterOf(id), ackWhenCommitted: true, timeoutMs: 1000 } as const;
    cluster.sendRequest(cluster.node(from), -1, to, request);
  }

  #removeVoter([from, to, id]: readonly number[]): void {
    const { cluster } = this;
    const { directoryId } = voterOf(id);
    const request = { kind: 'remove-voter', voter: { id, directoryId }, timeoutMs: 1000 } as const;
    cluster.sendRequest(cluster.node(from), -1, to, request);
  }

  /** kraft.version of a leader gets a level, unless something stands against it. */
  #upgrade([id, version]: readonly number[]): void {
    const node = this.cluster.node(id);
    const refusal = node.raft!.kraftUpgradeRefusal(version);
    if (refusal === null) node.step({ type: 'upgrade-kraft-version', version });
    else this.lines.push(`refused: ${refusal}`);
  }

  /** Out of turn, as a message that was long under way: candidate, voter, epoch. */
  #askVote([from, to, epoch]: readonly number[]): void {
    const { cluster } = this;
    const [candidate, voter] = [voterOf(from), voterOf(to)];
    const { offset, epoch: lastEpoch } = cluster.node(from).log.end();
    const log = { lastOffset: offset, lastEpoch };
    const request = { kind: 'vote', candidate, voter, epoch, ...log, preVote: false } as const;
    cluster.sendRequest(cluster.node(from), -1, to, request);
  }

  #versions(): void {
    for (const { id, raft } of this.cluster.nodes.values()) {
      const voters = raft?.voters.map((voter) => `${voter.id}:${voter.minKraftVersion}-${voter.maxKraftVersion}`);
      this.lines.push(
        `${id}: ${raft === null ? 'down' : `kraft.version ${raft.kraftVersion} voters ${voters?.join(' ')}`}`,
      );
    }
  }

  #status(): void {
    for (const node of this.cluster.nodes.values()) {
      const { raft, log } = node;
      const role = raft === null ? 'down' : `${raft.roleName} epoch=${raft.epoch} hw=${raft.highWatermark}`;
      const base = log.base.offset === 0 ? '' : ` from ${log.base.offset}@${log.base.epoch}`;
      this.lines.push(`${node.id}: ${role} log${base} ${log.batches.map(textOf).join(' ')}`);
    }
  }

  #describe(id: number): void {
    const view = this.cluster.node(id).raft!.describe(this.cluster.nowMs);
    if (view === null) {
      this.lines.push('does not lead');
      return;
    }
    this.lines.push(`leader ${view.leaderId} epoch ${view.epoch} high watermark ${view.highWatermark}`);
    for (const [kind, replicas] of [
      ['voter', view.voters],
      ['observer', view.observers],
    ] as const) {
      for (const { key, endOffset, lastFetchMs, lastCaughtUpMs } of replicas) {
        this.lines.push(`${kind} ${key.id} end=${endOffset} fetched=${lastFetchMs} caught-up=${lastCaughtUpMs}`);
      }
    }
  }
}

function replay(script: string): string {
  const story = new Story();
  const out: string[] = [];
  for (const line of script.split('\n')) {
    if (line.startsWith('  ')) continue;
    if (line === '' || line.startsWith('#')) {
      out.push(line);
      continue;
    }
    story.run(line);
    out.push(line, ...story.lines.map((each) => `  ${each}`));
    story.lines = [];
  }
  return out.join('\n');
}

for (const name of readdirSync(folder).sort()) {
  test(name, () => {
    const file = new URL(name, folder);
    const recorded = readFileSync(file, 'utf8');
    const replayed = replay(recorded);
    if (process.env.MILLRACE_REWRITE === '1') writeFileSync(file, replayed);
    else assert.equal(replayed, recorded);
  });
}
