import { isIP } from 'node:net';

/** Whether only this machine reaches the host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/**
 * Whether the Host header of a request names an address, or this machine: a page in a browser that had its own name
 * resolved to this machine names itself.
 */
export function namesThisMachine(header: string | undefined): boolean {
  const host = (header ?? '').replace(/:[0-9]*$/, '').replace(/^\[(.*)\]$/, '$1');
  return host === '' || host === 'localhost' || host.endsWith('.localhost') || isIP(host) !== 0;
}
