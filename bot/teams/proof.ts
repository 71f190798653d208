const MAX_TOKEN = 16_384;
/** What the SDK forgives about clocks. */
const SKEW_SECONDS = 300;

/** What a token must say about itself to be worth the work of verifying it. */
export interface Expected {
  readonly appId: string;
  readonly issuer: string;
  /** Of the activity that it came with. */
  readonly serviceUrl: unknown;
}

/**
 * Whether an authorization header can be the channel's at all, by what it says of itself; nothing of it is believed. The
 * SDK decides, with the signature: this only keeps what cannot pass from costing a verification, a look for new signing
 * keys, and a page of the SDK's own output.
 */
export function mayBeProof(header: string, expected: Expected, now = Date.now()): boolean {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header)?.[1];
  if (token === undefined || token.length > MAX_TOKEN) return false;
  const [head, claims] = token.split('.').slice(0, 2).map(decode);
  if (head?.alg !== 'RS256' || typeof head.kid !== 'string') return false;
  return (
    claims?.aud === expected.appId &&
    claims.iss === expected.issuer &&
    claims.serviceurl === expected.serviceUrl &&
    typeof claims.exp === 'number' &&
    claims.exp > now / 1_000 - SKEW_SECONDS
  );
}

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
