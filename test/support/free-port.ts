import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * Ports for processes that are still to be started, and started again: between the moment at which a port is found to be
 * free and the one at which it is listened on, nobody else may come by it. So each process hands out ports of a block
 * that is its own for as long as it runs, from below those that systems give to whoever connects. A block belongs to the
 * process that listens on its first port.
 */
const firstBlock = 10_000;
const blockPorts = 200;
const blocks = 40;

/** The next port of this process's block, and the block's end. */
let next = 0;
let end = 0;

/** A TCP port on 127.0.0.1 that is free. */
export async function freePort(): Promise<number> {
  return freeRange(1);
}

/** `count` different ports. */
export async function freePorts(count: number): Promise<number[]> {
  const first = await freeRange(count);
  return Array.from({ length: count }, (_, index) => first + index);
}

let turn: Promise<unknown> = Promise.resolve();

/** The first of `count` neighbouring ports that are free; no port is handed out twice before the block is used up. */
export function freeRange(count: number): Promise<number> {
  const found = turn.then(() => takeRange(count));
  turn = found.catch(() => {});
  return found;
}

async function takeRange(count: number): Promise<number> {
  if (count >= blockPorts) throw new Error(`at most ${blockPorts - 1} neighbouring ports`);
  for (;;) {
    if (next + count > end) await claimBlock();
    const first = next;
    next += count;
    const servers = await Promise.all(Array.from({ length: count }, (_, index) => listenOn(first + index)));
    await Promise.all(servers.map(close));
    if (!servers.includes(null)) return first;
  }
}

async function claimBlock(): Promise<void> {
  const start = randomInt(blocks);
  for (let index = 0; index < blocks; index++) {
    const first = firstBlock + ((start + index) % blocks) * blockPorts;
    const claim = await listenOn(first);
    if (claim === null) continue;
    // Held until the process ends, and no reason for it not to.
    claim.unref();
    next = first + 1;
    end = first + blockPorts;
    return;
  }
  throw new Error('every block of ports is in use');
}

/** null: the port is not to be had. */
async function listenOn(port: number): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy());
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return null;
  }
}

async function close(server: Server | null): Promise<void> {
  if (server === null) return;
  server.close();
  await once(server, 'close');
}
