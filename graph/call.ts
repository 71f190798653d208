import type { Cost } from './budget-limits';

/** One call to Graph, as a resource module describes it. */
export interface Call {
  /** Names the call in errors and logs, like `group.add`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the version, already escaped (url.ts). */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * - `read` changes nothing: asked again on any passing failure.
   * - `write` may be done twice: asked again only where the answer says that nothing was done.
   * - `once` is never asked again.
   */
  readonly repeat: 'read' | 'write' | 'once';
  /** What it takes of the tenant's limits. */
  readonly cost: Cost;
  /** Goes in one request with others of the same moment, whichever lane it is in. Only for reads. */
  readonly together?: boolean;
  /** The application permission without which Graph answers 403. */
  readonly permission: string;
  /** What else a 403 may mean here. */
  readonly deniedHint?: string;
  /**
   * Finds a stable code in the words of an error, where Graph's own code says nothing. The words go no further than this
   * function, because they may hold names.
   */
  readonly recognize?: (status: number, words: string, graphCode: string | undefined) => string | undefined;
  /** Of the whole call with all its tries, ms. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** Parsed JSON, or undefined where there was none. */
  readonly body: unknown;
  /** The `Date` header, epoch ms; undefined when it is missing or unreadable. */
  readonly tenantTime: number | undefined;
}

/** JSON, or undefined for what is none. */
export function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A plain object from whatever was parsed; an empty one from anything else. */
export function fields(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Epoch ms of Graph's times: ISO 8601, UTC, 0 to 7 digits after the second. */
export function time(value: unknown): number | undefined {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
