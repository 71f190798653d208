import type { IncomingMessage } from 'node:http';

/** So many languages of a browser are looked at. */
const MOST = 10;

/** The languages that somebody wants, the most wanted first: what the address says, then what the browser says. */
export function wishesOf(request: Pick<IncomingMessage, 'url' | 'headers'>): readonly string[] {
  const asked = new URLSearchParams((request.url ?? '').split('?')[1] ?? '').get('lang');
  return [...(asked ? [asked] : []), ...ranked(request.headers['accept-language'] ?? '')];
}

function ranked(header: string): readonly string[] {
  return header
    .slice(0, 500)
    .split(',')
    .slice(0, MOST)
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const q = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { tag, index, weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => tag !== '' && tag !== '*' && weight > 0)
    .sort((one, other) => other.weight - one.weight || one.index - other.index)
    .map(({ tag }) => tag);
}
