import { createServer } from 'node:net';
import { BindError } from './bind-error.ts';

/**
 * Binds a listener once, without reusePort, and lets it go: with reusePort the kernel would share the port with whoever
 * has it, and two brokers would each get half of the clients. Answers the port, which is a free one where 0 was asked.
 * Rejects with BindError.
 */
export function probeBind(host: string, port: number): Promise<number> {
  return bindOnce(host, port, false);
}

/** Whether several threads can each listen on one port here (Linux, FreeBSD). */
export async function supportsReusePort(host = '127.0.0.1'): Promise<boolean> {
  try {
    await bindOnce(host, 0, true);
    return true;
  } catch (error) {
    // ENOTSUP is the platform's answer; any other failure will show again where it matters.
    if (error instanceof BindError) return false;
    throw error;
  }
}

function bindOnce(host: string, port: number, reusePort: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(new BindError(host, port, error)));
    server.listen({ host, port, reusePort }, () => {
      const address = server.address();
      const bound = address !== null && typeof address === 'object' ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
