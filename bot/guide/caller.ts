import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

const PRIVATE = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)|^::1$|^f[cd]|^fe80:/i;

/**
 * Who asks, to be counted. Through a proxy on this machine or in this network every request comes from the proxy, so the
 * address that the nearest one saw and wrote last counts; what stands before it, the caller may have written. From
 * anywhere else the header counts for nothing. An IPv6 caller has a whole network: its first half counts.
 */
export function callerOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const peer = request.socket.remoteAddress ?? '';
  const forwarded = request.headers['x-forwarded-for'];
  const named = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').at(-1)?.trim();
  const address = PRIVATE.test(peer) && named ? named.slice(0, 60) : peer;
  return isIPv6(address) && !address.startsWith('::ffff:') ? half(address) : address;
}

function half(address: string): string {
  const [left = ''] = address.split('::');
  const groups = left.split(':');
  return groups.slice(0, 4).join(':');
}
