import { connect } from 'node:net';

const timeoutMs = 1000;

/**
 * Whether somebody may be listening there. False only where the connection was refused: a host that does not answer, or
 * a name that is not found, says nothing of a process.
 */
export function isListening(host: string, port: number, answered: (isListening: boolean) => void): void {
  let answer = true;
  const socket = connect({ host, port, timeout: timeoutMs });
  socket.once('connect', () => socket.destroy());
  socket.once('timeout', () => socket.destroy());
  socket.once('error', (error: NodeJS.ErrnoException) => {
    answer = error.code !== 'ECONNREFUSED';
  });
  socket.once('close', () => answered(answer));
}
