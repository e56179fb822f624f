import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** The first of `count` neighbouring ports on 127.0.0.1 that were free a moment ago, below those that systems give out. */
export async function freeRange(count: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const base = randomInt(10_000, 30_000 - count);
    if (await areFree(base, count)) return base;
  }
  throw new Error(`no ${count} neighbouring ports are free`);
}

async function areFree(base: number, count: number): Promise<boolean> {
  const servers = Array.from({ length: count }, () => createServer());
  const listening = servers.map(async (server, index) => {
    server.listen(base + index, '127.0.0.1');
    await once(server, 'listening');
  });
  const results = await Promise.allSettled(listening);
  for (const server of servers) server.close();
  return results.every(({ status }) => status === 'fulfilled');
}
