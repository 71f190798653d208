import { isIPv4 } from 'node:net';

/** True for this machine only. `localhost` counts: every supported system resolves it to a loopback address. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}
